import GRDB

/// SQLite through GRDB: a file in WAL mode with synchronous=FULL, one writer, several readers.
final class SQLiteEngine: Engine {
    let dialect = Dialect.sqlite
    private let database: any DatabaseWriter

    /// - Throws: `StorageFault.unreachable` when the file cannot be opened or is no database.
    init(path: String, readers: Int) throws {
        var configuration = SQLiteEngine.configuration
        configuration.maximumReaderCount = readers
        database = try SQLiteConnection.translating { try DatabasePool(path: path, configuration: configuration) }
    }

    /// A database in memory.
    init() throws {
        database = try DatabaseQueue(configuration: SQLiteEngine.configuration)
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // FULL: what was acknowledged survives a power cut, not only a crash of the process.
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        try database.read { try body(Transaction(on: SQLiteConnection($0))) }
    }

    func commit(_ jobs: [any Job]) throws {
        do {
            try database.writeWithoutTransaction { database in
                let connection = SQLiteConnection(database)
                try connection.script("BEGIN IMMEDIATE")
                do {
                    for job in jobs { try run(job, on: connection, isAlone: jobs.count == 1) }
                    try connection.script("COMMIT")
                } catch {
                    // SQLite undoes by itself what a full disk interrupted.
                    if database.isInsideTransaction { try connection.script("ROLLBACK") }
                    throw error
                }
            }
        } catch let interruption as Interruption {
            throw interruption.reason
        }
    }

    private func run(_ job: any Job, on connection: SQLiteConnection, isAlone: Bool) throws {
        try connection.script("SAVEPOINT job")
        try job.run(in: Transaction(on: connection))
        try connection.script(job.hasFailed ? "ROLLBACK TO job; RELEASE job" : "RELEASE job")
    }

    func backUp(to path: String) throws {
        try SQLiteConnection.translating {
            // VACUUM INTO reads one snapshot and writes a compact copy; writers go on meanwhile.
            try database.unsafeReentrantRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        }
    }

    func close() throws {
        try database.close()
    }
}
