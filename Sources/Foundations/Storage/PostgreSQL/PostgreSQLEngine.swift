import CPostgreSQL

/// PostgreSQL through libpq, for several servers.
final class PostgreSQLEngine: Engine {
    let dialect = Dialect.postgresql

    init(address: String, readers: Int, bells: Bells) throws {
        throw StorageFault.unreachable("not built")
    }
    func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result { throw StorageFault.contended }
    func commit(_ jobs: [any Job]) throws {}
    func backUp(to path: String) throws {}
    func close() throws {}
}
