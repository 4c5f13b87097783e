import Storage

extension Audit {
    /// Makes the database itself refuse to change or remove an entry. Called at every start; twice does no harm.
    ///
    /// The two databases write triggers differently, and not in one statement, so this is no migration. It stops
    /// mistakes and ordinary users, not whoever owns the tables: for those there is the chain of hashes.
    package static func seal(_ store: Store) async throws {
        let dialect = store.dialect
        try await store.write { transaction in
            switch dialect {
            case .sqlite: try sealSQLite(in: transaction)
            case .postgresql: try sealPostgreSQL(in: transaction)
            }
        }
    }

    private static func sealSQLite(in transaction: Transaction) throws {
        try transaction.run(
            """
            CREATE TRIGGER IF NOT EXISTS audit_entry_stays BEFORE UPDATE ON audit_entry
            BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END
            """)
        try transaction.run(
            """
            CREATE TRIGGER IF NOT EXISTS audit_entry_remains BEFORE DELETE ON audit_entry
            BEGIN SELECT RAISE(ABORT, 'audit entries are never removed'); END
            """)
    }

    private static func sealPostgreSQL(in transaction: Transaction) throws {
        try transaction.run(
            """
            CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''audit entries are never changed or removed''; END'
            """)
        try transaction.run(
            """
            CREATE OR REPLACE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
            """)
    }
}
