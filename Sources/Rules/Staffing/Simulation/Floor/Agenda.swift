/// What is to happen when, soonest first; of the same moment, what was planned first.
struct Agenda: Sendable {
    enum Kind: UInt8, Sendable {
        case arrival, comingAgain, callbackAgain
        case patienceEnds, callbackIsOffered
        case answer, refusal, talkEnds, wrapUpEnds
        case step, breakEnds, missIsOver, lineDrops, lineIsBack
        case closing, tick
    }

    struct Entry: Sendable {
        /// The time above, the order of planning below: one comparison says which is sooner.
        fileprivate let turn: UInt64
        /// A customer, a seat or a queue, by the kind.
        let subject: Int32
        /// The subject's state for which it was planned: when that has moved on, nothing happens.
        let mark: UInt32
        let kind: Kind

        /// Milliseconds since midnight.
        var at: Int64 { Int64(turn >> Agenda.orderBits) }
    }

    /// 2⁴⁰ milliseconds are 34 years. Two of the same moment of which one was planned 16 million after the other may
    /// change places: they do on each run.
    private static let orderBits: UInt64 = 24

    /// A heap of four children a node: fewer levels than with two, and the four lie side by side.
    private var entries: [Entry] = []
    private var planned: UInt64 = 0

    var next: Int64 { entries.isEmpty ? .max : entries[0].at }

    mutating func plan(_ kind: Kind, _ subject: Int, at time: Int64, mark: UInt32 = 0) {
        planned &+= 1
        let turn = UInt64(min(max(0, time), 1 << 40 - 1)) << Self.orderBits | planned & (1 << Self.orderBits - 1)
        entries.append(Entry(turn: turn, subject: Int32(subject), mark: mark, kind: kind))
        rise()
    }

    mutating func takeNext() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty { sink(last) }
        return first
    }

    private mutating func rise() {
        entries.withUnsafeMutableBufferPointer { entries in
            var place = entries.count - 1
            let entry = entries[place]
            while place > 0 {
                let parent = (place - 1) >> 2
                guard entry.turn < entries[parent].turn else { break }
                entries[place] = entries[parent]
                place = parent
            }
            entries[place] = entry
        }
    }

    private mutating func sink(_ entry: Entry) {
        entries.withUnsafeMutableBufferPointer { entries in
            var place = 0
            while true {
                let first = place << 2 + 1
                guard first < entries.count else { break }
                var child = first
                var soonest = entries[first].turn
                for other in first + 1..<max(first + 1, min(first + 4, entries.count)) {
                    let turn = entries[other].turn
                    child = turn < soonest ? other : child
                    soonest = min(soonest, turn)
                }
                guard soonest < entry.turn else { break }
                entries[place] = entries[child]
                place = child
            }
            entries[place] = entry
        }
    }
}
