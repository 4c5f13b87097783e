import Storage
import Values

/// What can be counted a quarter of an hour at a time, and added up.
protocol Countable: Sendable {
    init()
    static func += (sum: inout Self, part: Self)
    static func read(_ quarter: Span, in transaction: Transaction) throws -> Self
}

/// What was counted today. Quarters of an hour in which nothing can change any more are counted once; the truth stays
/// in the tables, from which another server, or this one after a restart, counts the same.
struct DayCounts<Part: Countable>: Sendable {
    private var day: Span?
    private var closed: Set<Moment> = []
    private var sum = Part()

    /// A write may take so long before it shows; a quarter that ended since is counted anew each time.
    static var settling: Duration { .minutes(5) }

    /// Everything up to now. `open` are the quarters in which something began that has not ended.
    mutating func count(_ day: Span, until now: Moment, open: Set<Moment>, in transaction: Transaction) throws -> Part {
        if self.day != day { self = DayCounts(of: day) }
        var live = Part()
        for quarter in day.quarters where quarter.start <= now && !closed.contains(quarter.start) {
            let part = try Part.read(quarter, in: transaction)
            if quarter.end + Self.settling < now, !open.contains(quarter.start) {
                closed.insert(quarter.start)
                sum += part
            } else {
                live += part
            }
        }
        live += sum
        return live
    }

    init() {}

    private init(of day: Span) {
        self.day = day
    }
}
