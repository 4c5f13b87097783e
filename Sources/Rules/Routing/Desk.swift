import Values

/// An adviser as the router holds her: what she knows, what she has in hand.
struct Desk: Sendable {
    struct Item: Sendable {
        let contact: Contact.ID
        let queue: Queue.ID
        let channel: Channel
        /// When it was offered to her; nil after a restart.
        let since: Moment?
        var isWrapUp = false
    }

    let adviser: Adviser.ID
    /// False while only restored work speaks of her.
    var isKnown = false
    var availability = Availability.offline
    /// Her level in each skill, by the skill's index; shorter than the skills where the rest is 0.
    var levels: [UInt8] = []
    var limits = Limits()
    var idleSince = Moment.earliest
    /// All that takes up her capacity: offers, active work, wrap-ups.
    var work: [Item] = []
    /// The demands whose needs she meets, by index.
    var demands: [Int32] = []
    /// The contacts that wait for her alone, in their order.
    var held: [Turn] = []
    /// Until then some contact may be spared her, because she refused it.
    var refusalsUntil = Moment(milliseconds: .min)

    init(adviser: Adviser.ID) {
        self.adviser = adviser
    }

    var isAvailable: Bool { availability == .available }

    /// Whether she could take one more contact of that channel now.
    func hasRoom(for channel: Channel) -> Bool {
        guard isAvailable, limits[channel] > 0 else { return false }
        if work.isEmpty { return true }
        var chats = 0
        for item in work where item.channel == .chat { chats += 1 }
        let calls = work.count - chats
        let (same, other) = channel == .chat ? (chats, calls) : (calls, chats)
        return same < limits[channel] && (limits.mixes || other == 0)
    }

    func rank(for channel: Channel) -> UInt64 {
        hasRoom(for: channel) ? Ranks.key(load: work.count, idleSince: idleSince) : Ranks.none
    }

    func meets(_ tests: [Demand.Test]) -> Bool {
        for test in tests where test.skill >= levels.count || levels[test.skill] < test.level { return false }
        return true
    }
}

/// `Capacity` without the dictionary, to be read many times an event; at most a thousand a channel.
struct Limits: Equatable, Sendable {
    private var chats = 0
    private var calls = 0
    private var callbacks = 0
    var mixes = false

    init() {}

    init(_ capacity: Capacity) {
        chats = min(max(0, capacity.limits[.chat] ?? 0), 1_000)
        calls = min(max(0, capacity.limits[.call] ?? 0), 1_000)
        callbacks = min(max(0, capacity.limits[.callback] ?? 0), 1_000)
        mixes = capacity.mixes
    }

    subscript(channel: Channel) -> Int {
        switch channel {
        case .chat: chats
        case .call: calls
        case .callback: callbacks
        }
    }
}

extension Channel {
    /// Its place where something is kept by channel.
    var index: Int {
        switch self {
        case .chat: 0
        case .call: 1
        case .callback: 2
        }
    }
}
