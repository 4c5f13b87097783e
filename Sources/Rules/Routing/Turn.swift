import Values

/// Whose turn it is: the smaller comes first. It never changes while a contact waits, so nobody can be
/// overtaken without end: only by contacts that arrive within their head start after it.
struct Turn: Comparable, Sendable {
    /// Milliseconds since 1970 of the arrival, less the head start of its priority.
    let key: Int64
    let contact: Contact.ID

    init(key: Int64, contact: Contact.ID) {
        self.key = key
        self.contact = contact
    }

    /// `headStart` is what a priority point counts, in milliseconds.
    init(of contact: Contact, headStart: Int64) {
        let start = headStart.multipliedReportingOverflow(by: Int64(contact.priority))
        let head = start.overflow ? (contact.priority < 0 ? Int64.min : .max) : start.partialValue
        let key = contact.arrivedAt.milliseconds.subtractingReportingOverflow(head)
        let bounded = key.overflow ? (head < 0 ? Int64.max : .min) : key.partialValue
        self.init(key: min(bounded, .max - 1), contact: contact.id)
    }

    /// After everybody.
    static let last = Turn(key: .max, contact: Contact.ID(.max))

    static func < (left: Self, right: Self) -> Bool {
        left.key != right.key ? left.key < right.key : left.contact < right.contact
    }
}

/// A moment at which the router has to do something of its own accord.
struct Deadline: Comparable, Sendable {
    enum Kind: UInt8, Sendable {
        case offer, wrapUp, overflow, preference, pause
    }

    let at: Moment
    let kind: Kind
    let contact: Contact.ID
    /// Zero where no adviser is concerned.
    var adviser: Adviser.ID = 0

    static func < (left: Self, right: Self) -> Bool {
        if left.at != right.at { return left.at < right.at }
        if left.contact != right.contact { return left.contact < right.contact }
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        return left.adviser < right.adviser
    }
}

extension Duration {
    /// Milliseconds, from none to about 3,000 years: nothing that comes from outside may overflow.
    var bounded: Int64 {
        guard self > .zero else { return 0 }
        return components.seconds > 100_000_000_000 ? 100_000_000_000_000 : milliseconds
    }
}

extension Moment {
    /// Later by a bounded duration; at the end of time it stays there.
    func later(by duration: Duration) -> Moment { later(by: duration.bounded) }

    func later(by duration: Int64) -> Moment {
        let sum = milliseconds.addingReportingOverflow(duration)
        return Moment(milliseconds: sum.overflow ? .max : sum.partialValue)
    }

    /// The wait from an earlier moment until this, never negative.
    func wait(since earlier: Moment) -> Int64 {
        let difference = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return difference.overflow ? 0 : max(0, difference.partialValue)
    }
}
