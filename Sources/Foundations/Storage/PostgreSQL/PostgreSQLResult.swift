import CPostgreSQL
import Foundation

/// What the server answered to one statement.
final class PostgreSQLResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    /// `COMMIT`, `INSERT 0 1` …
    var command: String { String(cString: PQcmdStatus(handle)) }

    /// Whether the server waits for the rows of a COPY.
    var takesCopy: Bool { PQresultStatus(handle) == PGRES_COPY_IN }

    /// How many rows were changed; a mere answer has changed none.
    var changes: Int {
        command.hasPrefix("SELECT") ? 0 : Int(String(cString: PQcmdTuples(handle))) ?? 0
    }

    /// Nil when all went well.
    var error: PostgreSQLError? {
        switch PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: nil
        default:
            PostgreSQLError(
                state: field("C") ?? "", message: field("M") ?? String(cString: PQresultErrorMessage(handle)),
                constraint: field("n"))
        }
    }

    func rows() -> [Row] {
        let width = PQnfields(handle)
        let columns = Row.Columns((0..<width).map { String(cString: PQfname(handle, $0)) })
        let types = (0..<width).map { PQftype(handle, $0) }
        return (0..<PQntuples(handle)).map { row in
            Row(columns: columns, values: (0..<width).map { value(row, $0, of: types[Int($0)]) })
        }
    }

    /// The types by the numbers that `pg_type` has given them for ever.
    private func value(_ row: Int32, _ column: Int32, of type: Oid) -> SQLValue {
        guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else { return .null }
        switch type {
        case 16: return .integer(start.pointee == CChar(UInt8(ascii: "t")) ? 1 : 0)
        case 20, 21, 23, 26: return .integer(Int64(strtoll(start, nil, 10)))
        case 700, 701: return .real(strtod(start, nil))
        // A sum of whole numbers is a whole number in SQLite, an average is none.
        case 1700: return Int64(String(cString: start)).map(SQLValue.integer) ?? .real(strtod(start, nil))
        case 17: return .blob(bytes(start, Int(PQgetlength(handle, row, column))))
        default:
            let text = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
            return .text(String(decoding: text, as: UTF8.self))
        }
    }

    /// Reads `\x0aff`.
    private func bytes(_ start: UnsafePointer<CChar>, _ length: Int) -> [UInt8] {
        stride(from: 2, to: length - 1, by: 2).map { digit(start[$0]) << 4 | digit(start[$0 + 1]) }
    }

    private func digit(_ character: CChar) -> UInt8 {
        let character = UInt8(bitPattern: character)
        return character <= UInt8(ascii: "9") ? character - UInt8(ascii: "0") : character - UInt8(ascii: "a") + 10
    }

    private func field(_ code: Unicode.Scalar) -> String? {
        PQresultErrorField(handle, Int32(code.value)).map { String(cString: $0) }
    }
}

/// An error as the server reports it. Its details are left aside, since they quote stored values.
struct PostgreSQLError {
    /// The five letters of SQLSTATE.
    let state: String
    let message: String
    let constraint: String?

    var isAboutPreparation: Bool {
        state == "26000" || (state == "0A000" && message.contains("cached plan"))
    }

    /// In our words. Classes: PostgreSQL documentation, appendix A.
    func translated(_ statement: String, _ address: PostgreSQLAddress) -> any Error {
        switch state {
        case "23505": return violation(.unique)
        case "23503": return violation(.foreignKey)
        case "23514": return violation(.check)
        case "23502": return violation(.notNull)
        case "53100": return Interruption.noRoom
        case "40001", "40P01", "55P03": return Interruption.conflict
        case _ where isAboutPreparation: return Interruption.conflict
        case _ where state.hasPrefix("23"): return violation(.other)
        case _ where state.hasPrefix("08") || state.hasPrefix("57P"):
            return Interruption.unreachable(address.fault(message, "Look whether the server runs."))
        case _ where state.hasPrefix("53") || state.hasPrefix("58") || state.hasPrefix("XX"):
            return Interruption.unreachable(address.fault(message, "Look into the log of the PostgreSQL server."))
        default:
            return StorageFault.statement("\(message) (\(state)) in: \(statement.prefix(2_000))")
        }
    }

    private func violation(_ kind: StorageFault.Constraint) -> StorageFault {
        .constraint(kind, detail: message + (constraint.map { " [\($0)]" } ?? ""))
    }
}
