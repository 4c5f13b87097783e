import CPostgreSQL

/// One session with a PostgreSQL server.
///
/// Unchecked, because `PostgreSQLPool`, the locks and the listener each hand it to one thread at a time.
final class PostgreSQLConnection: Connection, @unchecked Sendable {
    let dialect = Dialect.postgresql
    let address: PostgreSQLAddress
    private let handle: OpaquePointer
    /// The names of what the server has prepared for this session, by text.
    private var prepared: [String: String] = [:]
    private var preparedEver = 0
    /// The text of a COPY whose answer is still to come: while the server stores rows, the next are made ready.
    private var underway: String?

    /// So many statements are kept prepared at the most; features have some hundred.
    private static let mostPrepared = 1_000

    /// - Throws: `Interruption.unreachable` when there is no answer.
    init(to address: PostgreSQLAddress) throws {
        // What the address says itself comes later in the list and counts. The times make a server that vanished
        // noticed within half a minute, instead of after the kernel's two hours.
        let settings = [
            ("connect_timeout", "10"), ("application_name", "touchdown"), ("keepalives_idle", "15"),
            ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "30000"),
            ("dbname", address.text), ("client_encoding", "UTF8"),
        ]
        let connected = withCStrings(settings.map(\.0)) { keywords in
            withCStrings(settings.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let handle = connected else { throw Interruption.unreachable(.unreachable("There is no memory left.")) }
        self.handle = handle
        self.address = address
        // libpq writes the server's notices to the standard error unless told otherwise.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK else { throw lost() }
        // Of a server that froze within a transaction, nothing stays locked for longer than that.
        try script(
            """
            SET client_min_messages = warning; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex';
            SET standard_conforming_strings = on; SET extra_float_digits = 1;
            SET idle_in_transaction_session_timeout = '20s'
            """)
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether the session can be used for a new transaction.
    var isIdle: Bool {
        PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    var isInTransaction: Bool {
        PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) != PQTRANS_IDLE
    }

    /// The number of the server's process for this session.
    var process: Int32 { PQbackendPID(handle) }

    func run(_ text: String, _ values: [SQLValue]) throws -> Int {
        try execute(text, values).changes
    }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row] {
        try execute(text, values).rows()
    }

    /// Sends the rows by COPY. The server reads each value as it reads a parameter, and checks it alike.
    func copy(_ rows: [[SQLValue]], into table: String) throws -> Int? {
        var lines = PostgreSQLCopy()
        for row in rows { lines.append(row) }
        try settle()
        let text = "COPY \(table) FROM STDIN"
        guard let start = PQexec(handle, text).map(PostgreSQLResult.init) else { throw lost() }
        guard start.takesCopy else { return try result(start, of: text).changes }
        let sent = lines.bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return PQputCopyData(handle, start, Int32(clamping: buffer.count))
        }
        guard sent == 1, PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        underway = text
        return rows.count
    }

    func settle() throws {
        guard let text = underway else { return }
        underway = nil
        let answer = PQgetResult(handle)
        while let rest = PQgetResult(handle) { PQclear(rest) }
        _ = try result(answer, of: text)
    }

    func script(_ text: String) throws {
        try settle()
        _ = try result(PQexec(handle, text), of: text)
    }

    func command(_ text: String) throws {
        try script(text)
    }

    /// Commits, and makes sure of it: PostgreSQL answers a COMMIT that came too late with a ROLLBACK and no error.
    func commit() throws {
        try settle()
        let answer = try result(PQexec(handle, "COMMIT"), of: "COMMIT").command
        guard answer == "COMMIT" else { throw StorageFault.broken("COMMIT was answered by \(answer)") }
    }

    private func execute(_ text: String, _ values: [SQLValue]) throws -> PostgreSQLResult {
        try settle()
        let parameters = PostgreSQLParameters(values)
        // Bulk statements have a text of their own each time: not worth keeping.
        let name = values.count > 128 ? nil : try name(of: text)
        let answer = parameters.withPointers { count, values, lengths, formats in
            if let name {
                PQexecPrepared(handle, name, count, values, lengths, formats, 0)
            } else {
                PQexecParams(handle, text, count, nil, values, lengths, formats, 0)
            }
        }
        return try result(answer, of: text)
    }

    private func name(of text: String) throws -> String {
        if let name = prepared[text] { return name }
        if prepared.count == PostgreSQLConnection.mostPrepared { try forgetPrepared() }
        preparedEver += 1
        let name = "s\(preparedEver)"
        _ = try result(PQprepare(handle, name, text, 0, nil), of: text)
        prepared[text] = name
        return name
    }

    private func forgetPrepared() throws {
        prepared = [:]
        try script("DEALLOCATE ALL")
    }

    private func result(_ answer: OpaquePointer?, of text: String) throws -> PostgreSQLResult {
        try result(answer.map(PostgreSQLResult.init), of: text)
    }

    private func result(_ answer: PostgreSQLResult?, of text: String) throws -> PostgreSQLResult {
        guard let result = answer else { throw lost() }
        if let error = result.error {
            if PQstatus(handle) != CONNECTION_OK { throw lost() }
            // A table was changed by a newer server since this was prepared, or a proxy swapped the session.
            if error.isAboutPreparation { prepared = [:] }
            throw error.translated(text, address)
        }
        return result
    }

    private func lost() -> Interruption {
        let words = String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let message = words.hasSuffix(".") ? String(words.dropLast()) : words
        return .unreachable(address.fault(message, "Look whether the server runs, and whether the address is right."))
    }
}

// MARK: - Notifications

extension PostgreSQLConnection {
    /// What was notified since the last look, with the process that did.
    ///
    /// - Throws: `Interruption.unreachable` when the session has ended.
    func notifications() throws -> [(payload: String, process: Int32)] {
        guard PQconsumeInput(handle) == 1 else { throw lost() }
        var heard: [(payload: String, process: Int32)] = []
        while let notification = PQnotifies(handle) {
            heard.append((String(cString: notification.pointee.extra), notification.pointee.be_pid))
            PQfreemem(notification)
        }
        return heard
    }

    /// The socket, to wait on.
    var socket: Int32 { PQsocket(handle) }
}

/// Hands a list of C strings, ended by nil, to libpq.
private func withCStrings<Result>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
    let bytes = texts.flatMap { $0.utf8CString }
    return bytes.withUnsafeBufferPointer { buffer in
        var pointers: [UnsafePointer<CChar>?] = []
        var offset = 0
        for text in texts {
            pointers.append(buffer.baseAddress?.advanced(by: offset))
            offset += text.utf8.count + 1
        }
        return body(pointers + [nil])
    }
}
