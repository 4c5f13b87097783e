import Synchronization

/// Advisory locks, held by one session of their own: PostgreSQL gives them to another server when it ends.
final class PostgreSQLLocks: Sendable {
    private struct Held {
        var connection: PostgreSQLConnection?
        var names: Set<String> = []
    }

    private let address: PostgreSQLAddress
    private let held = Mutex(Held())

    init(_ address: PostgreSQLAddress) {
        self.address = address
    }

    /// - Throws: `Interruption.unreachable` when the session has ended, and all its locks with it.
    func hold(_ lock: String) throws -> Bool {
        try using { connection, names in
            if names.contains(lock) {
                try connection.script("SELECT 1")
                return true
            }
            let row = try connection.rows(
                "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS is_held", [.text("touchdown " + lock)]
            ).first
            guard try row?.value("is_held", as: Bool.self) == true else { return false }
            names.insert(lock)
            return true
        }
    }

    func release(_ lock: String) throws {
        try using { connection, names in
            guard names.remove(lock) != nil else { return }
            _ = try connection.rows(
                "SELECT pg_advisory_unlock(hashtextextended($1, 0))", [.text("touchdown " + lock)])
        }
    }

    func close() {
        held.withLock { $0 = Held() }
    }

    private func using<Result: Sendable>(
        _ body: (PostgreSQLConnection, inout Set<String>) throws -> Result
    ) throws -> Result {
        try held.withLock { held in
            let connection = try held.connection ?? PostgreSQLConnection(to: address)
            held.connection = connection
            defer {
                if !connection.isIdle { held = Held() }
            }
            return try body(connection, &held.names)
        }
    }
}
