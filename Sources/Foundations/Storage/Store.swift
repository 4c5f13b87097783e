import NIOPosix
import Values

/// The database, whichever of the two it is. All truth is here; nothing is kept only in memory.
///
/// `read` sees one consistent state. `write` is serialisable: no other write happened while it looked. Its closure
/// may run twice, so there is nothing but SQL and rules inside. When `write` returns, the disk has it.
package struct Store: Sendable {
    /// Where the data is.
    package enum Location: Equatable, Sendable {
        /// A file, made when it is missing.
        case sqlite(path: String)
        /// A database that is gone when it is closed, for tests.
        case memory
        /// A libpq connection string or address: `postgresql://user@host/name`.
        case postgresql(String)
    }

    package let bells: Bells
    private let engine: any Engine
    private let pipeline: Pipeline
    private let readers: NIOThreadPool
    private let writer: NIOThreadPool

    /// Opens the database and brings its schema up to date.
    ///
    /// - Throws: `StorageFault.newer` when the data was written by a newer program, `.altered` when a migration
    ///   that has been applied was changed since, `.unreachable` when the database cannot be opened.
    package static func open(
        _ location: Location, migrations: [Migration], readers: Int = 4
    ) async throws -> Store {
        let bells = Bells()
        let engine: any Engine =
            switch location {
            case .sqlite(let path): try SQLiteEngine(path: path, readers: readers)
            case .memory: try SQLiteEngine()
            case .postgresql(let address): try PostgreSQLEngine(address: address, readers: readers, bells: bells)
            }
        let store = Store(engine: engine, bells: bells, readers: readers)
        try await store.write { try Migrator(migrations).run(in: $0) }
        return store
    }

    private init(engine: any Engine, bells: Bells, readers count: Int) {
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
        try await readers.runIfActive { [engine] in try engine.read(body) }
    }

    /// Changes the data: all of it or nothing, on the disk when this returns. The closure may run twice.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try await pipeline.write(body)
    }

    /// Writes a copy of everything to a new file, consistent while others go on writing.
    package func backUp(to path: String) async throws {
        try await readers.runIfActive { [engine] in try engine.backUp(to: path) }
    }

    /// Finishes what is being written and lets go of the database.
    package func close() async throws {
        try await writer.shutdownGracefully()
        try await readers.shutdownGracefully()
        try engine.close()
    }
}
