import Synchronization

/// Sessions that are lent out and come back: as many as threads ask at once, each to one of them at a time.
final class PostgreSQLPool: Sendable {
    private let address: PostgreSQLAddress
    private let idle = Mutex<[PostgreSQLConnection]>([])

    init(_ address: PostgreSQLAddress) {
        self.address = address
    }

    /// Lends a session to the body. One that ended, or was left within a transaction, does not come back.
    func lend<Result>(_ body: (PostgreSQLConnection) throws -> Result) throws -> Result {
        let connection = try idle.withLock { $0.popLast() } ?? PostgreSQLConnection(to: address)
        defer {
            if connection.isIdle { idle.withLock { $0.append(connection) } }
        }
        return try body(connection)
    }

    /// Lets go of all that are not lent out: when one was found dead, the others are probably too.
    func empty() {
        idle.withLock { $0 = [] }
    }
}
