extension Transaction {
    /// Inserts many rows with as few statements as the databases' limits allow, and says how many there were. On
    /// PostgreSQL rows that are nothing but values, with no `ending`, are copied, which is quicker than any statement.
    ///
    ///     try transaction.insert(guests, into: "guest (booking_id, name)") { "\(booking), \($0.name)" }
    ///
    /// What follows the rows, such as `ON CONFLICT (id) DO NOTHING`, is `ending`.
    @discardableResult
    package func insert<Element>(
        _ elements: some Sequence<Element>, into table: SQL, ending: SQL = "", row: (Element) -> SQL
    ) throws -> Int {
        var count = 0
        var rows: [SQL] = []
        var values = 0
        for element in elements {
            let next = row(element)
            if values + next.valueCount > Bulk.mostValues || rows.count == Bulk.mostRows {
                count += try insert(rows, into: table, ending: ending)
                rows.removeAll(keepingCapacity: true)
                values = 0
            }
            values += next.valueCount
            rows.append(next)
        }
        return count + (rows.isEmpty ? 0 : try insert(rows, into: table, ending: ending))
    }

    private func insert(_ rows: [SQL], into table: SQL, ending: SQL) throws -> Int {
        if ending.isEmpty, let count = try copy(rows, into: table) { return count }
        return try run("INSERT INTO \(table) VALUES \(SQL.list(rows.map { "(\($0))" })) \(ending)")
    }
}

/// How much goes into one statement.
private enum Bulk {
    /// SQLite binds 32,766 values at most, libpq 65,535.
    static let mostValues = 32_000
    /// Beyond this, longer statements gain nothing and cost memory.
    static let mostRows = 1_000
}
