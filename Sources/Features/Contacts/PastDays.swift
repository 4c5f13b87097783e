import Logging
import ServiceLifecycle
import Storage
import Synchronization
import Values
import Web

/// The days that are over, each counted from its events once: a report of a year reads a million contacts from here.
///
/// The truth stays in the tables of events. A day is kept only when nothing in it can change any more, and a report that
/// comes before a day has been counted reads its events.
final class PastDays: Service {
    private let store: Store
    private let now: @Sendable () -> Moment
    private let logger: Logger
    private let days = Mutex<[Day: PastDay]>([:])

    /// So far back days are counted: what the longest report covers.
    private static let longest = Grain.week.mostDays
    private static let pause = Duration.minutes(10)

    init(store: Store, now: @escaping @Sendable () -> Moment, logger: Logger) {
        self.store = store
        self.now = now
        self.logger = logger
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                do {
                    try await count()
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("Past days could not be counted", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: PastDays.pause)
            }
        }
    }

    /// Counts the days that are over and not known yet, the newest first and one at a time, so that nobody waits.
    func count() async throws {
        let today = Day(now())
        guard let first = try await store.read({ try PastDays.firstDay(in: $0) }) else { return }
        for ago in 1...PastDays.longest where today + -ago >= first {
            let day = today + -ago
            guard days.withLock({ $0[day] == nil }) else { continue }
            if let kept = try await store.read({ try PastDayCounts.kept(day, in: $0) }) {
                days.withLock { $0[day] = PastDay(kept, of: Span(of: day)) }
            } else if let counts = try await counted(day) {
                try await store.write { try counts.keep(day, in: $0) }
                days.withLock { $0[day] = PastDay(counts, of: Span(of: day)) }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        days.withLock { $0 = $0.filter { day, _ in day >= today + -PastDays.longest } }
    }

    /// A day from its events, or nil while something in it can still change.
    private func counted(_ day: Day) async throws -> PastDayCounts? {
        let span = Span(of: day), now = now()
        return try await store.read { transaction in
            guard try span.end <= PastDays.settled(at: now, in: transaction) else { return nil }
            return try PastDayCounts.read(span, in: transaction)
        }
    }

    /// What became of the contacts that came into a queue in this span. Without a queue, in all.
    func tally(_ span: Span, queue: Queue.ID?, target: Duration, in transaction: Transaction) throws -> Tally {
        var sum = Tally()
        // Neighbours that are not known are counted in one go.
        var unknown: Span?
        func countUnknown() throws {
            if let unknown { sum += try Tally.read(unknown, queue: queue, target: target, in: transaction) }
            unknown = nil
        }
        for part in span.days {
            if let known = known(part, queue: queue, target: target) {
                try countUnknown()
                sum += known
            } else {
                unknown = Span(start: unknown?.start ?? part.start, end: part.end)
            }
        }
        try countUnknown()
        return sum
    }

    private func known(_ part: Span, queue: Queue.ID?, target: Duration) -> Tally? {
        let date = Day(part.start)
        guard part.start.isQuarter, part.end.isQuarter, let day = days.withLock({ $0[date] }) else { return nil }
        let whole = Span(of: date)
        return day.tally(
            of: whole.quarter(at: part.start)..<whole.quarter(at: part.end), queue: queue, target: target)
    }

    /// Advisers' time in a span; whole days may be known.
    func time(_ span: Span, in transaction: Transaction) throws -> TimeCounts {
        try span.days.reduce(into: TimeCounts()) { sum, part in
            let date = Day(part.start)
            let known = Span(of: date) == part ? days.withLock { $0[date]?.time } : nil
            sum += try known ?? TimeCounts.read(part, in: transaction)
        }
    }

    /// Before this moment nothing can change any more: every contact that came in before it has ended, every stretch of
    /// work or readiness that began before it is written down, and every write of then shows. Other stretches, of which
    /// a lost line may last for weeks, are in no figure.
    private static func settled(at now: Moment, in transaction: Transaction) throws -> Moment {
        let contact = try transaction.row("SELECT MIN(entered_at) AS first FROM contact WHERE state <> 'ended'")
        let desk = try transaction.row(
            """
            SELECT MIN(doing_since) AS first FROM desk
            WHERE doing <> 'offline' AND doing IN ('idle', 'handling', 'wrap_up')
            """)
        let open: [Moment?] = [try contact?.optional("first"), try desk?.optional("first")]
        return open.compactMap(\.self).reduce(now - DayCounts<ContactCounts>.settling, min)
    }

    private static func firstDay(in transaction: Transaction) throws -> Day? {
        let row = try transaction.row("SELECT MIN(arrived_at) AS first FROM contact")
        let first: Moment? = try row?.optional("first")
        return first.map { Day($0) }
    }
}

extension Moment {
    fileprivate var isQuarter: Bool { Span.quarterStart(of: self) == self }
}
