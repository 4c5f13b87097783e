import Values

/// Reads and writes that belong together. It lives inside one `Store.read` or `Store.write` and cannot leave it:
/// it is not `Sendable`, and there is no `await` inside.
///
/// A statement that fails ends it on both databases, as PostgreSQL demands: whatever is tried afterwards fails
/// alike, and nothing of it stays, even if the failure is caught. To try something that may fail, use `attempt`.
package final class Transaction {
    private let connection: any Connection
    /// The topics whose bells ring once this transaction has been committed.
    private(set) var topics: Set<Topic> = []
    private var fault: (any Error)?
    private var hasEnded = false

    init(on connection: any Connection) {
        self.connection = connection
    }

    package var dialect: Dialect { connection.dialect }

    /// All rows of a query.
    package func rows(_ sql: SQL) throws -> [Row] {
        try using { connection in
            let (text, values) = try sql.checked(for: connection.dialect)
            return try connection.rows(text, values)
        }
    }

    /// The first row of a query, or nil when there is none.
    package func row(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }

    /// Runs a statement and says how many rows it changed.
    @discardableResult
    package func run(_ sql: SQL) throws -> Int {
        try using { connection in
            let (text, values) = try sql.checked(for: connection.dialect)
            return try connection.run(text, values)
        }
    }

    /// Appends rows of nothing but values, if the database has a way of its own for many; otherwise nil.
    func copy(_ rows: [SQL], into table: SQL) throws -> Int? {
        try using { connection in
            var lines: [[SQLValue]] = []
            lines.reserveCapacity(rows.count)
            for row in rows {
                guard let values = row.bareValues else { return nil }
                guard values.allSatisfy(\.isStorable) else { throw Unstorable() }
                lines.append(values)
            }
            return try connection.copy(lines, into: table.rendered(for: connection.dialect).text)
        }
    }

    /// Runs `INSERT … RETURNING id` and gives the new row's identifier.
    package func insert<Thing>(_ sql: SQL) throws -> Identifier<Thing> {
        guard let row = try row(sql) else { throw StorageFault.nothingReturned }
        return try row.value("id")
    }

    /// Runs statements that may fail without giving up the rest: when they throw, they alone are undone.
    @discardableResult
    package func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        try using { try $0.command("SAVEPOINT attempt") }
        let topicsBefore = topics
        do {
            let result = try body()
            try using { try $0.command("RELEASE attempt") }
            return result
        } catch {
            // What was still underway is undone all the same.
            try? connection.settle()
            if let interruption = fault as? Interruption { throw interruption }
            fault = nil
            topics = topicsBefore
            try using {
                try $0.command("ROLLBACK TO attempt")
                try $0.command("RELEASE attempt")
            }
            throw error
        }
    }

    /// Lets everyone who listens to this topic know, once the transaction has been committed, that something is new.
    package func ring(_ topic: Topic) {
        topics.insert(topic)
    }

    /// Runs several statements without values, as a migration has them.
    func script(_ sql: SQL) throws {
        try using { try $0.script(sql.rendered(for: $0.dialect).text) }
    }

    /// Runs the body as the whole life of this transaction.
    ///
    /// - Throws: `Interruption` when nothing can go on, whatever the body made of it; else what the body threw, or
    ///   the fault it swallowed.
    func live<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        defer { hasEnded = true }
        let outcome = Swift.Result {
            let result = try body(self)
            try using { try $0.settle() }
            return result
        }
        if case .failure = outcome { try? connection.settle() }
        if let interruption = fault as? Interruption { throw interruption }
        let result = try outcome.get()
        if let fault { throw fault }
        return result
    }

    private func using<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        if hasEnded { throw StorageFault.ended }
        if let fault { throw fault }
        do {
            return try body(connection)
        } catch {
            fault = error
            throw error
        }
    }
}
