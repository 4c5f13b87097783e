import People
import Routing
import Values

/// One customer's demand, from arrival to wrap-up.
package struct Contact: Equatable, Sendable {
    package typealias ID = Routing.Contact.ID

    package let id: ID
    package let channel: Channel
    package let queue: Queue.ID
    package let customerName: String
    package let reference: String?
    package let state: State
    let priority: Int
    package let arrivedAt: Moment
    /// When it came into its present queue: from here its wait counts.
    package let enteredAt: Moment
    package let adviser: Person.ID?
    /// When it was answered last since it came into its present queue.
    package let answeredAt: Moment?
    package let endedAt: Moment?
    package let endedBy: Ender?
    let wrapUpUntil: Moment?
    /// What the one who transferred it wrote for the next.
    let note: String?
    let preference: Preference?
    let helpAskedAt: Moment?

    package enum State: String, Sendable {
        case waiting, offered, active, wrapUp = "wrap_up", ended
    }

    /// Who or what ended it.
    package enum Ender: String, Sendable {
        case customer, adviser
        /// The customer was not seen for too long.
        case absence
        /// Nobody: the queue was full, and it was turned away.
        case system
    }

    /// The contact as the router knows it.
    func routed(through queue: Queue?) -> Routing.Contact {
        Routing.Contact(
            id: id, queue: self.queue, needs: queue?.firstNeeds ?? [], priority: priority, arrivedAt: arrivedAt,
            channel: channel, preferred: preference)
    }
}

/// A contact says no.
package enum ContactRefusal: Refusal, Equatable {
    case unknown, ended, notYours, offerGone, notInWrapUp, noMoreTime
    case unknownCode(String)
    case transferToSelf
    case unknownAdviser

    package var sentence: String {
        switch self {
        case .unknown: "There is no such contact, or you may not see it."
        case .ended: "This contact has ended."
        case .notYours: "This contact is not at your desk, or not any more."
        case .offerGone: "This offer is gone: its time ran out, the customer left, or it was answered already."
        case .notInWrapUp: "This contact is not in wrap-up: it has not ended yet, or its wrap-up is done."
        case .noMoreTime: "This wrap-up has had all the time there is. Choose how it ended, and finish."
        case .unknownCode(let code): "There is no wrap-up code \"\(code.prefix(40))\". Your desk lists those there are."
        case .transferToSelf: "This contact is already at your desk."
        case .unknownAdviser: "There is no such adviser at work just now. Choose another or transfer to a queue."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .unknown: .notFound
        case .ended, .notYours, .offerGone, .notInWrapUp, .noMoreTime, .transferToSelf, .unknownAdviser: .conflict
        case .unknownCode: .invalid
        }
    }
}
