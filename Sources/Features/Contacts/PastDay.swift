import Values

/// What the events of one day come to, by queue and quarter of an hour: small enough to keep in memory, and exact for
/// any target, because every wait is in it.
struct PastDay: Sendable {
    private var queues: [Queue.ID: [Quarter]] = [:]
    /// Advisers' time of the whole day.
    let time: TimeCounts

    private struct Quarter: Sendable {
        let number: Int
        /// Without what depends on a target.
        var tally = Tally()
        /// Milliseconds, shortest first.
        var answered: [UInt32] = []
        var abandoned: [UInt32] = []
    }

    /// What these quarters of an hour come to, numbered from midnight.
    func tally(of quarters: Range<Int>, queue: Queue.ID?, target: Duration) -> Tally {
        let longest = UInt32(clamping: Int64(target.inSeconds * 1_000))
        var sum = Tally()
        for (id, known) in queues where queue == nil || queue == id {
            for quarter in known where quarters.contains(quarter.number) {
                sum += quarter.tally
                sum.counts.answeredInTarget += quarter.answered.count(upTo: longest)
                sum.counts.abandonedInTarget += quarter.abandoned.count(upTo: longest)
            }
        }
        return sum
    }

    init(_ counts: PastDayCounts, of day: Span) {
        time = TimeCounts(counts.time)
        for row in counts.contacts { note(row, quarter: day.quarter(at: row.quarter)) }
    }

    private mutating func note(_ row: PastDayCounts.Contacts, quarter number: Int) {
        var quarters = queues[row.queue] ?? []
        if quarters.last?.number != number { quarters.append(Quarter(number: number)) }
        let last = quarters.endIndex - 1
        quarters[last].tally.note(row.kind, row.events, short: 0, lasting: .milliseconds(row.lasting))
        let sorted = row.waits.utf8.split(separator: UInt8(ascii: " ")).map(UInt32.init(digits:)).sorted()
        if row.kind == .answered { quarters[last].answered = sorted }
        if row.kind == .abandoned { quarters[last].abandoned = sorted }
        queues[row.queue] = quarters
    }
}

extension Span {
    /// The number of the quarter of an hour in which a moment falls, from this span's start.
    func quarter(at moment: Moment) -> Int {
        Int((moment - start).inSeconds) / 900
    }
}

extension UInt32 {
    /// What stands in a column of whole numbers; beyond seven weeks it is seven weeks.
    fileprivate init(digits: Substring.UTF8View.SubSequence) {
        let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 & 15) }
        self = UInt32(clamping: number)
    }
}

extension [UInt32] {
    /// How many of these, which are in order, are not above a limit.
    fileprivate func count(upTo limit: UInt32) -> Int {
        var low = startIndex, high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
