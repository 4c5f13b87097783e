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
        /// Milliseconds since midnight.
        let at: Int64
        fileprivate let order: UInt32
        /// A customer, a seat or a queue, by the kind.
        let subject: Int32
        /// The subject's state for which it was planned: when that has moved on, nothing happens.
        let mark: UInt32
        let kind: Kind
    }

    /// A heap of four children a node: fewer levels than with two, and the four lie side by side.
    private var entries: [Entry] = []
    private var planned: UInt32 = 0

    var next: Int64 { entries.isEmpty ? .max : entries[0].at }

    mutating func plan(_ kind: Kind, _ subject: Int, at time: Int64, mark: UInt32 = 0) {
        planned &+= 1
        entries.append(Entry(at: time, order: planned, subject: Int32(subject), mark: mark, kind: kind))
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
                guard Self.isBefore(entry, entries[parent]) else { break }
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
                for other in first + 1..<max(first + 1, min(first + 4, entries.count))
                where Self.isBefore(entries[other], entries[child]) { child = other }
                guard Self.isBefore(entries[child], entry) else { break }
                entries[place] = entries[child]
                place = child
            }
            entries[place] = entry
        }
    }

    private static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
        left.at != right.at ? left.at < right.at : left.order < right.order
    }
}
