import Storage
import Values
import Web

extension Report {
    /// Counts from the events, part by part; days that are over were counted before.
    ///
    /// - Throws: `FormRefusal` that names the field when there is no such queue.
    static func read(_ question: Question, from past: PastDays, in transaction: Transaction) throws -> Report {
        let queue = try question.queue.map { try Queue.asked(for: $0, in: transaction) }
        let target = question.target ?? queue?.target ?? ServiceLevel.promise
        // Queues that are retired by now had their part of the time before that.
        let queues = try Queue.all(retired: true, in: transaction)
        var total = Tally(), time = ReportTime(of: queue, by: question.by, queues)
        let rows = try question.days.parts(by: question.by).map { part in
            let tally = try past.tally(part.span, queue: queue?.id, target: target, in: transaction)
            total += tally
            return Row(
                part: part, tally: tally, occupancy: try time.read(part.span, tally.work, from: past, in: transaction))
        }
        total.counts.stillWaiting = try Tally.stillWaiting(question.days.span, queue: queue?.id, in: transaction)
        return Report(
            question: question, queue: queue.map(QueueName.init), target: target,
            rows: rows, total: total, occupancy: time.occupancy)
    }
}

/// Advisers' time of a report, part by part. A stretch counts where it began, so quarters of an hour have none.
private struct ReportTime {
    private let queue: Queue?
    private let isCounted: Bool
    private let queues: [Queue]
    private var sum = Shared()

    /// Time of which some is the queue's: of the work as much as it had of all work, of the idle time its share.
    private struct Shared {
        var time = WorkTime()
        var idle = Duration.zero
        var work = Duration.zero
        var allWork = Duration.zero

        static func += (sum: inout Shared, part: Shared) {
            sum.time += part.time
            sum.idle += part.idle
            sum.work += part.work
            sum.allWork += part.allWork
        }
    }

    init(of queue: Queue?, by grain: Grain, _ queues: [Queue]) {
        self.queue = queue
        self.queues = queues
        isCounted = grain != .quarterHour
    }

    /// The occupancy of this part, in which so much work was done for the queue.
    mutating func read(
        _ span: Span, _ work: Duration, from past: PastDays, in transaction: Transaction
    ) throws -> Double? {
        if !isCounted { return nil }
        var part = Shared(work: work, allWork: work)
        if queue != nil {
            part.allWork = try past.tally(span, queue: nil, target: ServiceLevel.promise, in: transaction).work
        }
        // A queue that was retired meanwhile has its share of what was idle before.
        for stretch in span.cut(at: queues.compactMap(\.retiredAt)) {
            let time = try past.time(stretch, in: transaction)
            part.time += time.total
            guard let queue else { continue }
            let shares = Occupancy.idle(time, among: queues.filter { $0.isInUse(at: stretch.start) })
            part.idle += shares[queue.id] ?? .zero
        }
        sum += part
        return occupancy(of: part)
    }

    var occupancy: Double? { occupancy(of: sum) }

    private func occupancy(of part: Shared) -> Double? {
        if queue == nil { return part.time.occupancy }
        let all = part.allWork.inSeconds
        return WorkTime(busy: part.time.busy * (all > 0 ? part.work.inSeconds / all : 0), idle: part.idle).occupancy
    }
}

extension Queue {
    /// The queue that a field of a query names: a retired one has a past that can be asked for.
    ///
    /// - Throws: `FormRefusal` that names the field when there is none.
    static func asked(for name: String, in transaction: Transaction) throws -> Queue {
        do {
            return try find(named: name, retired: true, in: transaction)
        } catch QueueRefusal.unknown {
            throw FormRefusal(errors: [
                .init("queue", "There is no queue \"\(name.prefix(80))\", neither in use nor retired.")
            ])
        }
    }
}
