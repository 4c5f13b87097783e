/// One connection to a database, used by one thread at a time.
protocol Connection: AnyObject {
    var dialect: Dialect { get }

    /// How many rows the statement changed.
    func run(_ text: String, _ values: [SQLValue]) throws -> Int
    func rows(_ text: String, _ values: [SQLValue]) throws -> [Row]
    func script(_ text: String) throws
}

/// A database: where transactions run. Its methods block, and are called on `Store`'s own threads only.
protocol Engine: Sendable {
    var dialect: Dialect { get }

    /// Runs the body on a consistent view of the data.
    func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result

    /// Runs all jobs in one transaction, each undone alone if it throws, and commits once.
    /// Throws when nothing of it was committed. Each job may be run more than once, the last time counts.
    func commit(_ jobs: [any Job]) throws

    /// Writes a copy of everything to a file, consistent while others write.
    func backUp(to path: String) throws

    func close() throws
}

/// One write, waiting to be committed together with others.
protocol Job: AnyObject, Sendable {
    /// Runs the write and keeps its result. Throws when the transaction as a whole cannot go on.
    func run(in transaction: Transaction) throws
    /// True when the last run threw and its changes must be undone.
    var hasFailed: Bool { get }
    var topics: Set<Topic> { get }
    /// Tells whoever waits that it is committed, or why not.
    func finish(_ fault: (any Error)?)
}
