/// A PostgreSQL server on which databases are made and dropped: for tests and for setting up.
package struct PostgreSQLServer: Sendable {
    private let address: PostgreSQLAddress

    /// - Parameter address: Of any database of the server, with a user who may make others.
    package init(at address: String) throws {
        self.address = try PostgreSQLAddress(address)
    }

    /// Makes an empty database that suits `Store`, and gives its address.
    package func create(_ database: String) throws -> String {
        try run("CREATE DATABASE \(quoted(database)) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        return address.with(database: database)
    }

    /// Drops a database and ends the sessions that still use it.
    package func drop(_ database: String) throws {
        try run("DROP DATABASE IF EXISTS \(quoted(database)) WITH (FORCE)")
    }

    private func run(_ statement: String) throws {
        do {
            try PostgreSQLConnection(to: address).script(statement)
        } catch let interruption as Interruption {
            throw interruption.reason
        }
    }

    /// A name cannot be bound, so its quotes are doubled.
    private func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
