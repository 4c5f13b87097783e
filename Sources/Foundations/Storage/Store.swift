import NIOPosix
import Values

/// The database, whichever of the two it is. All truth is here; nothing is kept only in memory.
///
/// `read` sees one consistent state. `write` is serialisable: no other write happened while it looked. Its closure
/// may run twice, so there is nothing but SQL and rules inside. When `write` returns, the disk has it; when it
/// throws, nothing was stored, except after `.unreachable`, when the answer to a commit may have been lost.
package struct Store: Sendable {
    package let bells: Bells
    private let engine: any StorageEngine
    private let pipeline: Pipeline
    private let readers: NIOThreadPool
    private let writer: NIOThreadPool

    /// Opens the database and brings its schema up to date. Several servers may do so at once.
    ///
    /// - Throws: `StorageFault.newer` when the data was written by a newer program, `.altered` when a migration
    ///   that has been applied was changed since, `.unreachable` when the database cannot be opened.
    package static func open(
        _ location: Location, migrations: [Migration], readers: Int = 4
    ) async throws -> Store {
        let store = try Store(location, readers: readers)
        do {
            try await store.migrate(migrations)
            return store
        } catch {
            try await store.close()
            throw error
        }
    }

    /// Opens a database that is there, as it is: nothing is made, and the schema stays what it was. For programs that
    /// look while a server, perhaps an older one, goes on.
    ///
    /// - Throws: `StorageFault.unreachable` when there is none, or none of Touchdown's.
    package static func open(existing location: Location) async throws -> Store {
        let store = try Store(location, readers: 1, making: false)
        do {
            guard try await store.read({ try Migrator.hasRun(in: $0) }) else { throw StorageFault.empty(location) }
            return store
        } catch {
            try await store.close()
            throw error
        }
    }

    /// - Parameter making: whether a missing file is made.
    init(_ location: Location, readers count: Int, making: Bool = true) throws {
        let bells = Bells()
        let engine: any StorageEngine =
            switch location {
            case .sqlite(let path): try SQLiteEngine(path: path, readers: count, making: making)
            case .memory: try SQLiteEngine()
            case .postgresql(let address): try PostgreSQLEngine(address: address, bells: bells)
            }
        self.engine = engine
        self.bells = bells
        writer = NIOThreadPool(numberOfThreads: 1)
        readers = NIOThreadPool(numberOfThreads: count)
        writer.start()
        readers.start()
        pipeline = Pipeline(engine: engine, threads: writer, bells: bells)
    }

    package var dialect: Dialect { engine.dialect }

    /// Looks at one consistent state of the data.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try await blocking { try $0.read(body) }
    }

    /// Changes the data: all of it or nothing, on the disk when this returns. The closure may run twice.
    @discardableResult
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try await pipeline.write(body)
    }

    /// Writes a copy of everything to a new file, consistent while others go on writing.
    ///
    /// A SQLite file is a database that can be opened; a PostgreSQL copy is for `pg_restore`.
    /// - Throws: `StorageFault.copy` when something is there already or the copy cannot be made.
    package func backUp(to path: String) async throws {
        try await blocking { try $0.backUp(to: path) }
    }

    /// Whether this server holds the named lock, which it takes when nobody else does: at most one server does.
    ///
    /// Ask again before each round of work. The lock is gone as soon as the server or its connection is, so a
    /// server that lost it may be at work for a moment while the next begins: claim by writing all the same.
    package func hold(_ lock: String) async throws -> Bool {
        try await blocking { try $0.hold(lock) }
    }

    /// Gives a lock back, so that another server can take it.
    package func release(_ lock: String) async throws {
        try await blocking { try $0.release(lock) }
    }

    /// Finishes what is being written and lets go of the database.
    package func close() async throws {
        pipeline.close()
        try await writer.shutdownGracefully()
        try await readers.shutdownGracefully()
        try engine.close()
    }

    private func migrate(_ migrations: [Migration]) async throws {
        let migrator = Migrator(migrations)
        // SQLite has one writer anyhow. In PostgreSQL two servers that start at once would both create the tables.
        while dialect == .postgresql, try await !hold("migration") { try await Task.sleep(for: .milliseconds(50)) }
        try await write { try migrator.run(in: $0) }
        if dialect == .postgresql { try await release("migration") }
    }

    /// Runs what waits for the database on a thread of our own, so that nothing else waits with it.
    private func blocking<Result: Sendable>(
        _ body: @escaping @Sendable (any StorageEngine) throws -> Result
    ) async throws -> Result {
        do {
            return try await readers.runIfActive { [engine] in try body(engine) }
        } catch is CancellationError where pipeline.isClosed {
            throw StorageFault.closed
        }
    }
}
