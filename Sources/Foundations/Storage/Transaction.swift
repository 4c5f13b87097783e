import Values

/// Reads and writes that belong together. It lives inside one `Store.read` or `Store.write` and cannot leave it:
/// it is not `Sendable`, and there is no `await` inside.
package final class Transaction {
    private let connection: any Connection
    /// The topics whose bells ring once this transaction has been committed.
    private(set) var topics: Set<Topic> = []

    init(on connection: any Connection) {
        self.connection = connection
    }

    /// All rows of a query.
    package func rows(_ sql: SQL) throws -> [Row] {
        let (text, values) = sql.rendered(for: connection.dialect)
        return try connection.rows(text, values)
    }

    /// The first row of a query, or nil when there is none.
    package func row(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }

    /// Runs a statement and says how many rows it changed.
    @discardableResult
    package func run(_ sql: SQL) throws -> Int {
        let (text, values) = sql.rendered(for: connection.dialect)
        return try connection.run(text, values)
    }

    /// Runs `INSERT … RETURNING id` and gives the new row's identifier.
    package func insert<Thing>(_ sql: SQL) throws -> Identifier<Thing> {
        guard let row = try row(sql) else { throw StorageFault.nothingReturned }
        return try row.value("id")
    }

    /// Runs several statements without values, as a migration has them.
    func script(_ sql: SQL) throws {
        try connection.script(sql.rendered(for: connection.dialect).text)
    }

    /// Lets everyone who listens to this topic know, once the transaction has been committed, that something is new.
    package func ring(_ topic: Topic) {
        topics.insert(topic)
    }
}
