import Synchronization
import Values

/// Advisory locks, held by one session of their own: PostgreSQL gives them to another server when it ends.
///
/// A server that is frozen (a stopped process, a paused machine) keeps its connections. So who holds a lock twice has a
/// lease: PostgreSQL ends the session when nothing has been heard from it for `patience`.
final class PostgreSQLLocks: Sendable {
    private struct Held {
        var connection: PostgreSQLConnection?
        var names: Set<String> = []
        var isLeased = false
    }

    private let address: PostgreSQLAddress
    private let patience: Duration
    private let held = Mutex(Held())

    /// - Parameter patience: longer than any pause between two calls of `hold` for the same lock.
    init(_ address: PostgreSQLAddress, patience: Duration = .seconds(30)) {
        self.address = address
        self.patience = patience
    }

    /// Holds a lock, or a lock that is held already, for longer.
    ///
    /// - Throws: `Interruption.unreachable` when the session has ended, and all its locks with it.
    func hold(_ lock: String) throws -> Bool {
        try using { held, connection in
            if held.names.contains(lock) {
                let lease = "SET idle_session_timeout = \(patience.milliseconds)"
                try connection.script(held.isLeased ? "SELECT 1" : lease)
                held.isLeased = true
                return true
            }
            let row = try connection.rows(
                "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS is_held", [.text("touchdown " + lock)]
            ).first
            guard try row?.value("is_held", as: Bool.self) == true else { return false }
            held.names.insert(lock)
            return true
        }
    }

    func release(_ lock: String) throws {
        try using { held, connection in
            guard held.names.remove(lock) != nil else { return }
            _ = try connection.rows(
                "SELECT pg_advisory_unlock(hashtextextended($1, 0))", [.text("touchdown " + lock)])
        }
    }

    func close() {
        held.withLock { $0 = Held() }
    }

    private func using<Result: Sendable>(
        _ body: (inout Held, PostgreSQLConnection) throws -> Result
    ) throws -> Result {
        try held.withLock { held in
            let connection = try held.connection ?? PostgreSQLConnection(to: address)
            held.connection = connection
            defer {
                if !connection.isIdle { held = Held() }
            }
            return try body(&held, connection)
        }
    }
}
