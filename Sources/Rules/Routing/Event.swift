public import Values

/// What happened, as the router is told. Whatever does not fit the present state changes nothing.
public enum Event: Hashable, Sendable {
    /// A contact comes to wait: a new one, or one passed on or waiting again, with its first arrival time.
    /// Ignored while the same contact waits, is offered or is active: pass on by `ended`, then `arrived`.
    case arrived(Contact)
    /// The contact is over in whatever state it is, wrap-up included: abandoned, closed, withdrawn.
    case left(Contact.ID)
    /// She signs in, or her availability, skills or capacity are now these. Her present work stays hers, but
    /// offers are taken back when she is no longer available.
    case adviserChanged(Adviser)
    /// She is gone for good (signed out, connection lost): her work waits again, her wrap-ups are over.
    case adviserGone(Adviser.ID)
    /// The queue is new or its rules are now these.
    case queueChanged(Queue)
    /// She takes the offer.
    case accepted(Contact.ID, by: Adviser.ID)
    /// She declines the offer; the contact keeps its place and is not offered to her for `Settings.refusalPause`.
    case refused(Contact.ID, by: Adviser.ID)
    /// The conversation is over; its adviser finishes up and her place stays taken.
    case ended(Contact.ID)
    /// She has finished up. Without an adviser the oldest wrap-up of this contact is meant; several
    /// exist only after it was passed on.
    case wrappedUp(Contact.ID, by: Adviser.ID? = nil)
}

/// What the router wants done. Decisions of one call are in the order in which they were taken.
public enum Decision: Hashable, Sendable {
    /// Ask her to take it; the offer runs out at `until` (exclusive: an answer at that moment is late).
    case offer(Contact.ID, to: Adviser.ID, until: Moment)
    /// The offer ran out: the contact waits at its old place, she is `missed` until changed.
    case missed(Contact.ID, by: Adviser.ID)
    /// The offer is taken back: the contact left, or she is no longer available.
    case withdrawn(Contact.ID, from: Adviser.ID)
    /// The wrap-up is over without her saying so: its limit passed, or she is gone.
    case wrapUpEnded(Contact.ID, by: Adviser.ID)
    /// No free adviser and the queue is full: the contact is forgotten.
    case turnedAway(Contact.ID)
    /// Its adviser is gone in the middle of it: the contact waits again at its old place.
    case requeued(Contact.ID, from: Adviser.ID)
}

/// Where a contact stands.
public enum Work: Hashable, Sendable {
    case waiting
    case offered(to: Adviser.ID, until: Moment)
    case active(by: Adviser.ID)
    case wrapUp(by: Adviser.ID, until: Moment)
}

/// What holds for all queues.
public struct Settings: Hashable, Sendable {
    /// How long an adviser is spared a contact that she refused.
    public var refusalPause: Duration
    /// What a contact takes from offer to the end of wrap-up while nothing has been measured in its queue.
    public var handlingTime: Duration
    /// How many distinct demands (needs and channel) are kept indexed although nobody waits for them.
    /// Each costs about `advisers / 2` bytes; making one anew takes time in proportion to the advisers.
    public var demandsKept: Int

    public init(
        refusalPause: Duration = .minutes(1), handlingTime: Duration = .minutes(6), demandsKept: Int = 512
    ) {
        self.refusalPause = refusalPause
        self.handlingTime = handlingTime
        self.demandsKept = demandsKept
    }
}
