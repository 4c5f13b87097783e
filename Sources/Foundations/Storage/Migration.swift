import Values

/// One step in the life of the schema: a dated sentence and SQL. Once shipped it is never edited.
package struct Migration: Sendable {
    /// `2026-11-22 places: create booking`. It is known by this name for ever.
    package let name: String
    let sql: SQL

    package init(_ name: String, _ sql: SQL) {
        precondition(sql.valueCount == 0, "A migration is text alone: \"\(name)\" binds a value.")
        self.name = name
        self.sql = sql
    }
}

/// How far the schema of a database is.
package struct MigrationState: Equatable, Sendable {
    /// The names of the changes it has, oldest first.
    package let applied: [String]
    /// The names of the changes that the next start will make, in that order.
    package let pending: [String]

    package init(applied: [String], pending: [String]) {
        self.applied = applied
        self.pending = pending
    }
}

/// Brings a schema up to date: applies what has not been applied, in the order of the list.
struct Migrator {
    private let migrations: [Migration]

    init(_ migrations: [Migration]) {
        let names = migrations.map(\.name)
        precondition(Set(names).count == names.count, "Two migrations have the same name.")
        self.migrations = migrations
    }

    /// Applies what is pending, all of it or nothing.
    func run(in transaction: Transaction) throws {
        try transaction.script(
            """
            CREATE TABLE IF NOT EXISTS migration
            (number BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL)
            """)
        let applied = try Migrator.applied(in: transaction)
        for (offset, migration) in try pending(after: applied).enumerated() {
            try transaction.script(migration.sql)
            try transaction.run(
                """
                INSERT INTO migration (number, name, fingerprint)
                VALUES (\(applied.count + offset + 1), \(migration.name), \(migration.fingerprint))
                """)
        }
    }

    /// Whether a migration was ever applied here.
    static func hasRun(in transaction: Transaction) throws -> Bool {
        try transaction.row("SELECT 1 AS one FROM \(.tables) WHERE name = 'migration'") != nil
    }

    /// How far this database is. It is not changed.
    func state(in transaction: Transaction) throws -> MigrationState {
        guard try Migrator.hasRun(in: transaction) else {
            return MigrationState(applied: [], pending: migrations.map(\.name))
        }
        let applied = try Migrator.applied(in: transaction)
        return MigrationState(applied: applied.map(\.name), pending: try pending(after: applied).map(\.name))
    }

    /// - Throws: `StorageFault.newer` or `.altered` when the database's past is not that of this list.
    private func pending(after applied: [Applied]) throws -> [Migration] {
        let known = Set(migrations.map(\.name))
        if let newer = applied.first(where: { !known.contains($0.name) }) {
            throw StorageFault.newer(migration: newer.name)
        }
        let fingerprints = Dictionary(applied.map { ($0.name, $0.fingerprint) }) { first, _ in first }
        for migration in migrations {
            guard let before = fingerprints[migration.name] else { continue }
            guard before == migration.fingerprint else { throw StorageFault.altered(migration: migration.name) }
        }
        return migrations.filter { fingerprints[$0.name] == nil }
    }

    private struct Applied {
        let name, fingerprint: String
    }

    private static func applied(in transaction: Transaction) throws -> [Applied] {
        try transaction.rows("SELECT name, fingerprint FROM migration ORDER BY number").map {
            Applied(name: try $0.value("name"), fingerprint: try $0.value("fingerprint"))
        }
    }
}

extension Migration {
    /// FNV-1a over the text for SQLite, white space folded: tells an edited migration, not a forged one.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for word in sql.rendered(for: .sqlite).text.split(whereSeparator: \.isWhitespace) {
            for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0x20) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
