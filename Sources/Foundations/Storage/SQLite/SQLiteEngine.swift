import GRDB
import Synchronization

/// SQLite through GRDB: a file in WAL mode with synchronous=FULL, one writer, several readers.
final class SQLiteEngine: StorageEngine {
    let dialect = Dialect.sqlite
    private let database: any DatabaseWriter
    /// Nil for a database in memory.
    private let file: SQLiteFile?
    private let locks: SQLiteLocks
    private let checkpoints = Mutex(Checkpoints())

    /// - Throws: `StorageFault.unreachable` when the file cannot be opened or is no database.
    init(path: String, readers: Int, making: Bool) throws {
        let file = SQLiteFile(path: path)
        self.file = file
        locks = SQLiteLocks(beside: file)
        if !making { try file.refuseMissing() }
        try file.prepare()
        var configuration = SQLiteEngine.configuration
        configuration.maximumReaderCount = readers
        database = try SQLiteEngine.settled(file) {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB itself sets NORMAL while it opens, so ours comes after. FULL: what was acknowledged survives a
            // power cut, not only a crash of the process.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
    }

    /// A database in memory.
    init() throws {
        file = nil
        locks = SQLiteLocks(beside: nil)
        database = try DatabaseQueue(configuration: SQLiteEngine.configuration)
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(SQLiteEngine.patience)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")
            // What was erased shall not be read from the file with other tools. FAST would leave it in pages that are
            // free as a whole. Measured: nothing for writes, twice the time for an erasure, 5 us a message more.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    /// So many seconds another process may hold the file before we give up.
    private static let patience = 10.0

    func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        try SQLiteEngine.settled(file) {
            try database.read { try Transaction(on: SQLiteConnection($0, file)).live(body) }
        }
    }

    func commit(_ jobs: [any Job]) throws {
        try SQLiteEngine.settled(file) {
            try database.writeWithoutTransaction { database in
                let connection = SQLiteConnection(database, file)
                try connection.command("BEGIN IMMEDIATE")
                do {
                    for job in jobs { try run(job, on: connection, isAlone: jobs.count == 1) }
                    if database.isInsideTransaction { try connection.command("COMMIT") }
                } catch {
                    // SQLite undoes by itself what a full disk interrupted.
                    if database.isInsideTransaction { try connection.command("ROLLBACK") }
                    throw error
                }
                shortenLog(database)
            }
        }
    }

    private func run(_ job: any Job, on connection: SQLiteConnection, isAlone: Bool) throws {
        let transaction = Transaction(on: connection)
        if isAlone {
            try job.run(in: transaction)
            if job.hasFailed { try connection.command("ROLLBACK") }
            return
        }
        try connection.command("SAVEPOINT job")
        try job.run(in: transaction)
        if job.hasFailed { try connection.command("ROLLBACK TO job") }
        try connection.command("RELEASE job")
    }

    func backUp(to path: String) throws {
        let copy = try CopyFile(at: path)
        do {
            try SQLiteEngine.settled(file) {
                // VACUUM INTO reads one snapshot and writes a compact copy; writers go on meanwhile.
                try database.unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy.draft]) }
            }
            try copy.finish()
        } catch {
            copy.discard()
            guard error is NoRoom else { throw error }
            throw StorageFault.copy("There is no room for the copy \(path). Choose another disk.")
        }
    }

    func hold(_ lock: String) throws -> Bool { try locks.hold(lock) }
    func release(_ lock: String) throws { locks.release(lock) }

    func close() throws {
        defer { locks.releaseAll() }
        try SQLiteEngine.settled(file) {
            do {
                // Refreshes what the planner knows about tables that have changed a lot.
                try database.writeWithoutTransaction {
                    try $0.execute(sql: "PRAGMA analysis_limit = 400; PRAGMA optimize")
                    // What was erased since is in the log's older pages until it is emptied.
                    try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                }
            } catch is DatabaseError {
                // A full or read-only disk is no reason not to close.
            }
            try database.close()
        }
    }

    /// Runs the body and says in our words what went wrong.
    private static func settled<Result>(_ file: SQLiteFile?, _ body: () throws -> Result) throws -> Result {
        do {
            return try SQLiteConnection.translating(file, body)
        } catch let interruption as Interruption {
            throw interruption.reason
        }
    }
}

// MARK: - The log

extension SQLiteEngine {
    /// When the write-ahead log is emptied by force.
    struct Checkpoints {
        static let step = 32 << 20
        /// How many bytes the log may reach.
        var limit = step
    }

    /// Empties a log that has grown, for SQLite alone would let it grow as long as some reader is always at work.
    ///
    /// Writers wait meanwhile, so it tries for a fifth of a second only. A read that lasts longer, such as a
    /// backup, lets the log grow on, and the next try comes one step later.
    private func shortenLog(_ database: Database) {
        guard let size = file?.logSize, size > checkpoints.withLock(\.limit) else { return }
        do {
            try database.execute(sql: "PRAGMA busy_timeout = 200")
            defer { database.restoreBusyTimeout(SQLiteEngine.patience) }
            try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        } catch {
            // The write is on the disk already, in the log; a disk too full to move it is met again at the next step.
        }
        let now = file?.logSize ?? 0
        checkpoints.withLock { $0.limit = now + Checkpoints.step }
    }
}

extension Database {
    fileprivate func restoreBusyTimeout(_ seconds: Double) {
        do {
            try execute(sql: "PRAGMA busy_timeout = \(Int(seconds * 1_000))")
        } catch {
            preconditionFailure("SQLite refuses a busy_timeout: \(error)")
        }
    }
}
