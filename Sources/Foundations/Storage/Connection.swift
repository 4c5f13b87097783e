/// One connection to a database, used by one thread at a time.
protocol Connection: AnyObject {
    var dialect: Dialect { get }

    /// How many rows the statement changed.
    func run(_ text: String, _ values: [SQLValue]) throws -> Int
    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row]
    /// Appends rows to `table (columns)` by the database's own way for many rows, or answers nil if it has none. The
    /// database may still be at it when this returns: what then goes wrong, whatever is called next throws.
    func copy(_ rows: [[SQLValue]], into table: String) throws -> Int?
    /// Waits until all that was given to the database is done.
    func settle() throws
    /// Several statements without values.
    func script(_ text: String) throws
    /// One statement that steers the transaction, such as `SAVEPOINT attempt`.
    func command(_ text: String) throws
}

/// A database: where transactions run. Its methods block, and are called on `Store`'s own threads only.
protocol StorageEngine: Sendable {
    var dialect: Dialect { get }

    /// Runs the body on a consistent view of the data. It may be run twice, when a connection turns out to be dead.
    func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result

    /// Runs all jobs in one transaction, each undone alone if it throws, and commits once.
    /// Throws when nothing of it was committed. Each job may be run more than once, the last time counts.
    func commit(_ jobs: [any Job]) throws

    /// Writes a copy of everything to a file, consistent while others write.
    func backUp(to path: String) throws

    /// Whether this store holds the lock now, taking it if nobody has it.
    func hold(_ lock: String) throws -> Bool
    func release(_ lock: String) throws

    func close() throws
}

/// One write, waiting to be committed together with others.
protocol Job: AnyObject, Sendable {
    /// Runs the write and keeps its result. Throws when the transaction as a whole cannot go on.
    func run(in transaction: Transaction) throws
    /// True when the last run threw and its changes must be undone.
    var hasFailed: Bool { get }
    /// What rings once it is committed; empty when it has failed.
    var topics: Set<Topic> { get }
    /// Tells whoever waits that it is committed, or why not.
    func finish(_ fault: (any Error)?)
}

/// The whole transaction is over, not just one job: no room on the disk, the connection gone, a conflict with another server.
enum Interruption: Error {
    case noRoom
    case unreachable(StorageFault)
    /// Run everything again.
    case conflict

    /// What the one who asked is told.
    var reason: any Error {
        switch self {
        case .noRoom: NoRoom()
        case .unreachable(let fault): fault
        case .conflict: StorageFault.contended
        }
    }
}
