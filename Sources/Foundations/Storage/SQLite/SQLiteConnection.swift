import Foundation
import GRDB

/// GRDB's database handle, in our words.
final class SQLiteConnection: Connection {
    let dialect = Dialect.sqlite
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func run(_ text: String, _ values: [SQLValue]) throws -> Int {
        try SQLiteConnection.translating {
            let statement = try database.cachedStatement(sql: text)
            try statement.execute(arguments: SQLiteConnection.arguments(values))
            return database.changesCount
        }
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try SQLiteConnection.translating {
            let statement = try database.cachedStatement(sql: text)
            let columns = Row.Columns(statement.columnNames)
            let count = statement.columnCount
            var rows: [Row] = []
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: SQLiteConnection.arguments(values))
            while let row = try cursor.next() {
                rows.append(Row(columns: columns, values: (0..<count).map { SQLValue(row[$0] as DatabaseValue) }))
            }
            return rows
        }
    }

    func script(_ text: String) throws {
        try SQLiteConnection.translating { try database.execute(sql: text) }
    }

    private static func arguments(_ values: [SQLValue]) -> StatementArguments {
        StatementArguments(values.map(\.databaseValue))
    }

    /// Runs the body and says in our words what SQLite says in its own.
    static func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw translated(error)
        }
    }

    private static func translated(_ error: DatabaseError) -> any Error {
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: return Interruption.noRoom
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: return Interruption.noRoom
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_READONLY:
            return Interruption.unreachable(detail)
        case .SQLITE_BUSY: return Interruption.conflict
        case .SQLITE_CONSTRAINT:
            let constraint: StorageFault.Constraint =
                switch error.extendedResultCode {
                case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: .unique
                case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey
                case .SQLITE_CONSTRAINT_CHECK: .check
                case .SQLITE_CONSTRAINT_NOTNULL: .notNull
                default: .other
                }
            return StorageFault.constraint(constraint, detail: detail)
        default: return StorageFault.statement("\(detail) in: \(error.sql ?? "")")
        }
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        self =
            switch value.storage {
            case .null: .null
            case .int64(let integer): .integer(integer)
            case .double(let real): .real(real)
            case .string(let text): .text(text)
            case .blob(let data): .blob([UInt8](data))
            }
    }

    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .real(let real): real.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}
