import Storage

extension Store {
    /// Every table and column that holds one of these words, in either case, as `contact.note: quux`.
    package func places(of words: [String]) async throws -> [String] {
        try await read { transaction in
            let columns: [(table: String, column: String)] =
                switch transaction.dialect {
                case .sqlite:
                    try transaction.rows(
                        """
                        SELECT tables.name AS table_name, columns.name AS column_name FROM sqlite_schema AS tables
                        JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
                        """
                    ).map { (try $0.value("table_name"), try $0.value("column_name")) }
                case .postgresql:
                    try transaction.rows(
                        """
                        SELECT CAST(table_name AS TEXT) AS table_name, CAST(column_name AS TEXT) AS column_name
                        FROM information_schema.columns WHERE table_schema = current_schema()
                        """
                    ).map { (try $0.value("table_name"), try $0.value("column_name")) }
                }
            var found: [String] = []
            for (table, column) in columns {
                for word in words {
                    let isThere =
                        try transaction.row(
                            """
                            SELECT 1 AS there FROM \(SQL(stringLiteral: table))
                            WHERE CAST(\(SQL(stringLiteral: column)) AS TEXT) \(containing: word) LIMIT 1
                            """) != nil
                    if isThere { found.append("\(table).\(column): \(word)") }
                }
            }
            return found
        }
    }
}
