import Values

/// One step in the life of the schema: a dated sentence and SQL. Once shipped it is never edited.
package struct Migration: Sendable {
    /// `2026-11-22 places: create booking`. It is known by this name for ever.
    package let name: String
    let sql: SQL

    package init(_ name: String, _ sql: SQL) {
        self.name = name
        self.sql = sql
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

    func run(in transaction: Transaction) throws {
        try transaction.script("""
            CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL)
            """)
        let applied = try transaction.rows("SELECT name, fingerprint FROM migration ORDER BY name").map {
            (name: try $0.value("name", as: String.self), fingerprint: try $0.value("fingerprint", as: String.self))
        }
        let known = Set(migrations.map(\.name))
        if let newer = applied.first(where: { !known.contains($0.name) }) {
            throw StorageFault.newer(migration: newer.name)
        }
        let fingerprints = Dictionary(uniqueKeysWithValues: applied.map { ($0.name, $0.fingerprint) })
        for migration in migrations {
            let fingerprint = migration.fingerprint
            if let before = fingerprints[migration.name] {
                guard before == fingerprint else { throw StorageFault.altered(migration: migration.name) }
                continue
            }
            try transaction.script(migration.sql)
            try transaction.run("INSERT INTO migration (name, fingerprint) VALUES (\(migration.name), \(fingerprint))")
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
