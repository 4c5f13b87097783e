import Foundation
import GRDB

/// GRDB's database handle, in our words.
final class SQLiteConnection: Connection {
    let dialect = Dialect.sqlite
    private let database: Database
    private let file: SQLiteFile?

    init(_ database: Database, _ file: SQLiteFile?) {
        self.database = database
        self.file = file
    }

    func run(_ text: String, _ values: [SQLValue]) throws -> Int {
        try SQLiteConnection.translating(file) {
            let before = database.totalChangesCount
            try statement(text, values).execute(arguments: SQLiteConnection.arguments(values))
            // After anything but INSERT, UPDATE or DELETE, SQLite still tells the count of the one before.
            return database.totalChangesCount == before ? 0 : database.changesCount
        }
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try SQLiteConnection.translating(file) {
            let statement = try statement(text, values)
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

    func copy(_ rows: [[SQLValue]], into table: String) -> Int? { nil }

    func settle() {}

    func script(_ text: String) throws {
        try SQLiteConnection.translating(file) { try database.execute(sql: text) }
    }

    func command(_ text: String) throws {
        try SQLiteConnection.translating(file) { try database.cachedStatement(sql: text).execute() }
    }

    /// GRDB keeps what it prepared for ever, so bulk statements, each with a text of its own, are not kept.
    private func statement(_ text: String, _ values: [SQLValue]) throws -> Statement {
        try values.count > 128 ? database.makeStatement(sql: text) : database.cachedStatement(sql: text)
    }

    private static func arguments(_ values: [SQLValue]) -> StatementArguments {
        StatementArguments(values.map(\.databaseValue))
    }
}

// MARK: - Errors

extension SQLiteConnection {
    /// Runs the body and says in our words what SQLite says in its own.
    static func translating<Result>(_ file: SQLiteFile?, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw translated(error, file ?? SQLiteFile(path: "in memory"))
        }
    }

    private static func translated(_ error: DatabaseError, _ file: SQLiteFile) -> any Error {
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: return Interruption.noRoom
        // So SQLite calls an exceeded quota, and a log's index for which there is no room.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE: return Interruption.noRoom
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return Interruption.noRoom
        case .SQLITE_BUSY: return Interruption.conflict
        case .SQLITE_MISUSE: return StorageFault.closed
        case .SQLITE_CONSTRAINT:
            return StorageFault.constraint(StorageFault.Constraint(error.extendedResultCode), detail: detail)
        case .SQLITE_READONLY where error.sql != nil && !error.isAboutTheFile:
            return StorageFault.statement("\(detail) in: \(error.sql ?? "")")
        default: break
        }
        guard let remedy = remedy(for: error.resultCode) else {
            return StorageFault.statement("\(detail) in: \(error.sql ?? "")")
        }
        return Interruption.unreachable(file.fault(detail, remedy))
    }

    private static func remedy(for code: ResultCode) -> String? {
        switch code {
        case .SQLITE_NOTADB:
            "The file is no database, or encrypted. Move it away, or name another in the configuration."
        case .SQLITE_CORRUPT:
            "The file is damaged. Stop Touchdown, keep the file for the experts, and put the newest backup in its place."
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            "Give the file and its folder to the user Touchdown runs as, on a disk that can be written."
        case .SQLITE_CANTOPEN:
            "Look whether the folder is there and may be written, and whether too many files are open."
        case .SQLITE_IOERR:
            "The disk does not answer as it should: look into the system's log, and have a backup ready."
        case .SQLITE_NOMEM: "There is no memory left. Give the server more, or stop what else takes it."
        default: nil
        }
    }
}

extension DatabaseError {
    /// A file or disk that cannot be written, rather than a write inside a read.
    fileprivate var isAboutTheFile: Bool {
        extendedResultCode != .SQLITE_READONLY
    }
}

extension StorageFault.Constraint {
    fileprivate init(_ code: ResultCode) {
        self =
            switch code {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: .unique
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey
            case .SQLITE_CONSTRAINT_CHECK: .check
            case .SQLITE_CONSTRAINT_NOTNULL: .notNull
            default: .other
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
