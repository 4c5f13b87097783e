public import Values

/// A customer who wants to be helped, as routing sees it.
public struct Contact: Hashable, Sendable {
    public typealias ID = Identifier<Contact>

    public let id: ID
    public let queue: Queue.ID
    /// What an adviser must know to help; all of them. Empty is everybody.
    public var needs: [Need]
    /// 0 is normal; each point above counts as its queue's head start, each below as the reverse.
    public var priority: Int
    /// When the customer first came, also after a transfer: it decides the place in the queue.
    public var arrivedAt: Moment
    public var channel: Channel
    /// The adviser who should take it, and until when the contact waits for nobody else.
    public var preferred: Preference?

    public init(
        id: ID, queue: Queue.ID, needs: [Need] = [], priority: Int = 0, arrivedAt: Moment,
        channel: Channel, preferred: Preference? = nil
    ) {
        self.id = id
        self.queue = queue
        self.needs = needs
        self.priority = priority
        self.arrivedAt = arrivedAt
        self.channel = channel
        self.preferred = preferred
    }
}

/// The one adviser for whom a contact waits, and how long.
///
/// It binds only while she is available (busy or not), knows what the contact needs and takes its channel at all;
/// otherwise everybody may help. Her refusal ends it.
public struct Preference: Hashable, Sendable {
    public let adviser: Adviser.ID
    public let until: Moment

    public init(adviser: Adviser.ID, until: Moment) {
        self.adviser = adviser
        self.until = until
    }
}
