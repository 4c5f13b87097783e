import Values

/// What comes: contacts at random moments (a Poisson stream), each of a mean length.
public struct Demand: Equatable, Sendable {
    /// Contacts a second; 0 or more.
    public let rate: Double
    /// How long a contact keeps an adviser, on average: talk, hold and wrap-up.
    public let handling: Duration

    /// The most erlangs that are reckoned with: a thousand million.
    public static let most = 1e9

    /// So many contacts in so much time. Refuses numbers that are none, no time, and more than `most` erlangs.
    /// - Parameter contacts: 0 or more; need not be whole.
    public init(_ contacts: Double, per interval: Duration, handling: Duration) throws(StaffingRefusal) {
        guard contacts >= 0, contacts.isFinite else { throw .contacts(contacts) }
        guard interval > .zero else { throw .interval(interval) }
        guard handling > .zero else { throw .handling(handling) }
        self.init(rate: contacts / interval.inSeconds, handling: handling)
        guard load <= Self.most else { throw .tooMuch(load) }
    }

    init(rate: Double, handling: Duration) {
        self.rate = rate
        self.handling = handling
    }

    /// The offered load in erlangs: how many advisers would be at work at once if nobody had to wait or went away.
    public var load: Double { rate * handling.inSeconds }
}
