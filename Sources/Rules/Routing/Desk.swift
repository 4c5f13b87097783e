import Values

/// An adviser as the router holds her: what she knows, what she has in hand.
struct Desk: Sendable {
    struct Item: Sendable {
        let contact: Contact.ID
        /// Its queue's place.
        let queue: Int
        let channel: Channel
        /// When it was offered to her; nil after a restart.
        let since: Moment?
        var isWrapUp = false
    }

    let adviser: Adviser.ID
    /// False while only restored work speaks of her.
    var isKnown = false
    var room = Room()
    /// How she stands in the rankings.
    var keys = Keys()
    /// Her level in each skill, by the skill's index; shorter than the skills where the rest is 0.
    var levels: [UInt8] = []
    /// All that takes up her capacity: offers, active work, wrap-ups.
    private(set) var work: [Item] = []
    /// The contacts that wait for her alone, in their order.
    var held: [Turn] = []
    /// Until then some contact may be spared her, because she refused it.
    var refusalsUntil = Moment(milliseconds: .min)

    init(adviser: Adviser.ID) {
        self.adviser = adviser
    }

    func meets(_ tests: [Demand.Test]) -> Bool {
        for test in tests where test.skill >= levels.count || levels[test.skill] < test.level { return false }
        return true
    }

    // MARK: - Work

    mutating func take(_ item: Item) {
        work.append(item)
        room.count(item.channel, 1)
    }

    /// Nothing of it is in her hand any more.
    mutating func drop(_ contact: Contact.ID, isWrapUp: Bool) -> Item? {
        for place in work.indices where work[place].contact == contact && work[place].isWrapUp == isWrapUp {
            let item = work.remove(at: place)
            room.count(item.channel, -1)
            return item
        }
        return nil
    }

    mutating func dropAll() {
        for item in work { room.count(item.channel, -1) }
        work = []
    }

    /// The conversation is over, she finishes up.
    mutating func finishUp(_ contact: Contact.ID) {
        for place in work.indices where work[place].contact == contact {
            work[place].isWrapUp = true
            return
        }
    }
}

/// What an adviser has in hand and could still take, in numbers: looked at several times an event, so nothing of it lies elsewhere.
struct Room: Sendable {
    var availability = Availability.offline
    var limits = Limits()
    var idleSince = Moment.earliest
    private var chats = 0
    private var calls = 0

    var isAvailable: Bool { availability == .available }

    fileprivate mutating func count(_ channel: Channel, _ change: Int) {
        if channel == .chat { chats += change } else { calls += change }
    }

    /// Whether she could take one more contact of that channel now.
    func isThere(for channel: Channel) -> Bool {
        guard isAvailable else { return false }
        let (same, other) = channel == .chat ? (chats, calls) : (calls, chats)
        return same < limits[channel] && (limits.mixes || other == 0)
    }

    func key(for channel: Channel) -> UInt64 {
        isThere(for: channel) ? Rank.key(load: chats + calls, idleSince: idleSince) : Rank.noKey
    }
}

/// The keys of a desk's ranks by channel.
struct Keys: Sendable {
    private var chat = Rank.noKey
    private var call = Rank.noKey
    private var callback = Rank.noKey

    subscript(channel: Channel) -> UInt64 {
        get {
            switch channel {
            case .chat: chat
            case .call: call
            case .callback: callback
            }
        }
        set {
            switch channel {
            case .chat: chat = newValue
            case .call: call = newValue
            case .callback: callback = newValue
            }
        }
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

    static var count: Int { 3 }

    /// Calls `body` with each: `allCases` is a new array each time.
    @inline(__always)
    static func each(_ body: (Channel) -> Void) {
        body(.chat)
        body(.call)
        body(.callback)
    }
}
