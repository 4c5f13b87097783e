import Foundation
import Synchronization

/// PostgreSQL through libpq, for several servers.
final class PostgreSQLEngine: StorageEngine {
    let dialect = Dialect.postgresql
    private let address: PostgreSQLAddress
    private let bells: Bells
    private let readers: PostgreSQLPool
    private let writers: PostgreSQLPool
    private let locks: PostgreSQLLocks
    private let listener: PostgreSQLListener
    /// The server's process that commits for us: what it notifies, our own bells have rung already.
    private let writingProcess: WritingProcess
    /// Whether there is the table by which servers keep out of each other's way, once that is known.
    private let hasTables = Atomic(false)

    /// - Throws: `StorageFault.unreachable` when the database does not answer or sorts its texts unlike SQLite.
    init(address text: String, bells: Bells) throws {
        address = try PostgreSQLAddress(text)
        self.bells = bells
        readers = PostgreSQLPool(address)
        writers = PostgreSQLPool(address)
        locks = PostgreSQLLocks(address)
        writingProcess = WritingProcess()
        do {
            try readers.lend { try $0.refuseUnsuitable() }
            listener = try PostgreSQLListener(address, bells: bells, deafTo: writingProcess)
        } catch let interruption as Interruption {
            throw interruption.reason
        }
    }

    func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        try again {
            try readers.lend { connection in
                try connection.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return try connection.undoing {
                    let result = try Transaction(on: connection).live(body)
                    try connection.commit()
                    return result
                }
            }
        }
    }

    func commit(_ jobs: [any Job]) throws {
        var (isCommitting, tries) = (false, 0)
        do {
            try again(unless: { isCommitting }) {
                try writers.lend { connection in
                    isCommitting = false
                    writingProcess.number = connection.process
                    try begin(on: connection, isAlone: tries > 0)
                    tries += 1
                    try connection.undoing {
                        for job in jobs { try run(job, on: connection, isAlone: jobs.count == 1) }
                        guard connection.isInTransaction else { return }
                        try connection.notify(jobs.reduce(into: Set()) { $0.formUnion($1.topics) })
                        isCommitting = true
                        try connection.commit()
                    }
                }
            }
        } catch {
            // It may have been committed all the same: whoever listens had better look.
            if isCommitting { bells.ring(jobs.reduce(into: Set()) { $0.formUnion($1.topics) }) }
            throw error
        }
    }

    /// Begins to write: side by side with other servers, and alone after a conflict, so that the second try never meets another.
    ///
    /// Waiting for the lock takes no snapshot yet, so that what the others have committed by then is seen.
    private func begin(on connection: PostgreSQLConnection, isAlone: Bool) throws {
        let begin = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
        if !hasTables.load(ordering: .relaxed) {
            let row = try connection.rows("SELECT to_regclass('migration') IS NOT NULL AS is_there", []).first
            let isThere = try row?.value("is_there", as: Bool.self) ?? false
            hasTables.store(isThere, ordering: .relaxed)
            guard isThere else { return try connection.script(begin) }
        }
        try connection.script("\(begin); LOCK TABLE migration IN \(isAlone ? "EXCLUSIVE" : "ROW SHARE") MODE")
    }

    private func run(_ job: any Job, on connection: PostgreSQLConnection, isAlone: Bool) throws {
        let transaction = Transaction(on: connection)
        if isAlone {
            try job.run(in: transaction)
            if job.hasFailed { try connection.script("ROLLBACK") }
            return
        }
        try connection.script("SAVEPOINT job")
        try job.run(in: transaction)
        try connection.script(job.hasFailed ? "ROLLBACK TO job; RELEASE job" : "RELEASE job")
    }

    func backUp(to path: String) throws {
        try PostgreSQLDump(of: address).write(to: path)
    }

    func hold(_ lock: String) throws -> Bool {
        try again { try locks.hold(lock) }
    }

    func release(_ lock: String) throws {
        try again { try locks.release(lock) }
    }

    func close() throws {
        listener.close()
        locks.close()
        readers.empty()
        writers.empty()
    }
}

// MARK: - Trying again

extension PostgreSQLEngine {
    /// So many times a conflict with another server is tried again.
    private static let mostTries = 10

    /// Runs the body again after a conflict, and once more when its session turned out to be dead.
    ///
    /// - Parameter isTooLate: True once the answer to a COMMIT may have been lost with the session, so that doing
    ///   it again might do it twice.
    private func again<Result>(unless isTooLate: () -> Bool = { false }, _ body: () throws -> Result) throws -> Result {
        var conflicts = 0
        var losses = 0
        while true {
            do {
                return try body()
            } catch Interruption.conflict where conflicts < PostgreSQLEngine.mostTries {
                conflicts += 1
                // Two servers that met once must not wait alike, or they meet again.
                usleep(useconds_t(conflicts) * useconds_t(2_000 + getpid() % 7 * 1_000))
            } catch Interruption.unreachable where losses == 0 && !isTooLate() {
                losses += 1
                readers.empty()
                writers.empty()
            } catch let interruption as Interruption {
                throw interruption.reason
            }
        }
    }
}

extension PostgreSQLConnection {
    /// Runs the body, and rolls back whatever transaction it leaves open by throwing.
    fileprivate func undoing<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            if isInTransaction { try script("ROLLBACK") }
            throw error
        }
    }

    /// The same text must sort alike on both databases, and every character must fit.
    fileprivate func refuseUnsuitable() throws {
        // Older servers do not know the provider; with ICU it is ICU that sorts, whatever `datcollate` says.
        let row = try rows(
            """
            SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS sorting,
                to_jsonb(pg_database) ->> 'datlocprovider' AS provider,
                coalesce(to_jsonb(pg_database) ->> 'daticulocale', to_jsonb(pg_database) ->> 'datlocale', '') AS locale
            FROM pg_database WHERE datname = current_database()
            """, []
        ).first
        let isICU = try row?.optional("provider", as: String.self) == "i"
        let sorting = try row?.value(isICU ? "locale" : "sorting", as: String.self) ?? ""
        let encoding = try row?.value("encoding", as: String.self) ?? ""
        guard encoding == "UTF8", !isICU, ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(sorting) else {
            throw address.fault(
                "it sorts by \(sorting) and holds \(encoding), which orders texts unlike the rest of Touchdown",
                "Make it by CREATE DATABASE touchdown TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'.")
        }
    }
}

/// The number of the server's process behind the session that writes.
final class WritingProcess: Sendable {
    private let value = Atomic<Int32>(0)

    var number: Int32 {
        get { value.load(ordering: .acquiring) }
        set { value.store(newValue, ordering: .releasing) }
    }
}
