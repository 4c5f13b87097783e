import Foundation

extension Store {
    /// How far the schema of a database is, without changing it. A missing file is a database without any.
    ///
    /// - Throws: as `open` does.
    package static func migrationState(of location: Location, migrations: [Migration]) async throws -> MigrationState {
        if case .sqlite(let path) = location, !FileManager.default.fileExists(atPath: path) {
            return MigrationState(applied: [], pending: migrations.map(\.name))
        }
        let store = try Store(location, readers: 1)
        do {
            let state = try await store.migrationState(migrations)
            try await store.close()
            return state
        } catch {
            try await store.close()
            throw error
        }
    }

    /// How far the schema is, without changing it.
    ///
    /// - Throws: `StorageFault.newer`, `.altered`.
    package func migrationState(_ migrations: [Migration]) async throws -> MigrationState {
        try await read { try Migrator(migrations).state(in: $0) }
    }

    /// The whole schema as text, one statement after the other, oldest first.
    package func schema() async throws -> String {
        try await read { transaction in
            try transaction.dialect == .sqlite ? sqliteSchema(in: transaction) : postgresqlSchema(in: transaction)
        }
    }
}

/// As the migrations wrote it: SQLite keeps the text, with later columns added to it.
private func sqliteSchema(in transaction: Transaction) throws -> String {
    try transaction.rows(
        """
        SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
        """
    ).map { try $0.value("sql", as: String.self) + ";\n" }.joined(separator: "\n")
}

/// PostgreSQL keeps no text, so this is its own: tables and columns by name, enough to compare two databases.
private func postgresqlSchema(in transaction: Transaction) throws -> String {
    let rows = try transaction.rows(
        """
        SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
        WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position
        """)
    var tables: [(name: String, columns: [String])] = []
    for row in rows {
        let table = try row.value("table_name", as: String.self)
        if tables.last?.name != table { tables.append((table, [])) }
        let rule = try row.value("is_nullable", as: String.self) == "NO" ? " NOT NULL" : ""
        let column = try row.value("column_name", as: String.self)
        let type = try row.value("data_type", as: String.self)
        tables[tables.count - 1].columns.append("    \(column) \(type)\(rule)")
    }
    return tables.map { "CREATE TABLE \($0.name) (\n\($0.columns.joined(separator: ",\n"))\n);\n" }
        .joined(separator: "\n")
}
