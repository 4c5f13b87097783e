/// What is to happen when, soonest first; of the same moment, what was planned first.
struct Agenda: Sendable {
    enum Kind: UInt32, Sendable {
        case arrival, comingAgain, callbackAgain
        case patienceEnds, callbackIsOffered
        case answer, refusal, talkEnds, wrapUpEnds
        case step, breakEnds, missIsOver, lineDrops, lineIsBack
        case closing, tick

        fileprivate static let bits: UInt32 = 4
    }

    struct Entry: Sendable {
        /// The time above, the order of planning below: one comparison says which is sooner.
        fileprivate let turn: UInt64
        /// A customer, a seat or a queue, by the kind.
        let subject: Int32
        /// The mark above, the kind below: entries of 16 bytes move faster than those of 24.
        fileprivate let markedKind: UInt32

        /// Milliseconds since midnight.
        var at: Int64 { Int64(turn >> Agenda.orderBits) }
        var kind: Kind { Kind(rawValue: markedKind & (1 << Kind.bits - 1)) ?? .tick }

        /// Whether the subject's state is still that for which it was planned.
        func isMeant(for mark: UInt32) -> Bool { mark << Kind.bits == markedKind & ~(1 << Kind.bits - 1) }
    }

    /// 2⁴⁰ milliseconds are 34 years. Two of the same moment of which one was planned 16 million after the other may
    /// change places: they do on each run.
    private static let orderBits: UInt64 = 24

    /// The arrivals, of which each queue expects but one at a time, apart from all else: they are a third of what happens, and
    /// in so small a heap cost nearly nothing.
    private var arrivals = Heap()
    private var others = Heap()
    private var planned: UInt64 = 0

    /// When something happens next; at the end of time when nothing does.
    var next: Int64 {
        let turn = min(arrivals.first, others.first)
        return turn == .max ? .max : Int64(turn >> Self.orderBits)
    }

    /// Plans it for a subject that is in the state `mark`, of which the upper four bits do not count.
    mutating func plan(_ kind: Kind, _ subject: Int, at time: Int64, mark: UInt32 = 0) {
        planned &+= 1
        let turn = UInt64(min(max(0, time), 1 << 40 - 1)) << Self.orderBits | planned & (1 << Self.orderBits - 1)
        let entry = Entry(turn: turn, subject: Int32(subject), markedKind: mark << Kind.bits | kind.rawValue)
        if kind == .arrival { arrivals.insert(entry) } else { others.insert(entry) }
    }

    mutating func takeNext() -> Entry? {
        arrivals.first < others.first ? arrivals.takeFirst() : others.takeFirst()
    }

    /// A heap of four children a node: fewer levels than with two, and the four lie side by side.
    private struct Heap: Sendable {
        private var entries: [Entry] = []

        /// Whose turn it is; after everybody when it is empty.
        var first: UInt64 { entries.isEmpty ? .max : entries[0].turn }

        mutating func insert(_ entry: Entry) {
            entries.append(entry)
            rise()
        }

        mutating func takeFirst() -> Entry? {
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
}
