extension Store {
    /// Where the data is.
    package enum Location: Equatable, Sendable {
        /// A file, made when it is missing.
        case sqlite(path: String)
        /// A database that is gone when it is closed, for tests.
        case memory
        /// A libpq connection string or address: `postgresql://user@host/name`.
        case postgresql(String)
    }
}

extension Store.Location: CustomStringConvertible {
    /// For the log: without the password that an address may hold.
    package var description: String {
        switch self {
        case .sqlite(let path): "SQLite file \(path)"
        case .memory: "SQLite in memory"
        case .postgresql(let address):
            (try? PostgreSQLAddress(address))?.description ?? "PostgreSQL at an address that cannot be read"
        }
    }
}
