import Foundation
import Routing
import Values

/// A helpline: what a contact waits in, and the rules by which it is routed from there.
package struct Queue: Equatable, Sendable {
    package typealias ID = Routing.Queue.ID

    package let id: ID
    /// The word by which addresses name it: `self-assessment`.
    package let key: String
    package let name: String
    /// What its name, and what planners write for it, is written in: a tag of `Language`.
    package let language: String
    package let zone: TimeZone
    /// Points of urgency, each worth `headStart` of waiting.
    let priority: Int
    let headStart: Duration
    /// Within so long contacts should be answered.
    let target: Duration
    let offerTimeout: Duration
    let wrapUpLimit: Duration
    /// So many may wait; who comes then is turned away with a sentence. Nil: no limit.
    let longest: Int?
    /// National Insurance and card numbers are masked in names and messages before anything is stored.
    package let masksNumbers: Bool
    package let retentionDays: Int
    /// How long the queue takes to move up one place, as the dispatcher saw it last; nil when it cannot say.
    let pace: Duration?
    let isRetired: Bool
    /// Since when, if it is retired.
    let retiredAt: Moment?
    /// What contacts need at once and, after waiting, instead.
    let needs: [Step]

    /// The skills that suffice after a while. The first step, after nothing, is what the queue asks for.
    struct Step: Equatable, Sendable {
        let after: Duration
        let needs: [Need]
    }

    /// What a contact needs on arrival.
    var firstNeeds: [Need] {
        needs.first { $0.after == .zero }?.needs ?? []
    }

    /// Whether it took contacts then, as far as is known: when a queue was retired that is taken up again is not.
    func isInUse(at moment: Moment) -> Bool {
        retiredAt.map { moment < $0 } ?? true
    }

    /// The estimate for somebody at this place, 1 being next; zero when an adviser is free. Nil while no adviser is
    /// there who could answer: then nobody can say how long it will be.
    package func estimatedWait(at position: Int) -> Duration? {
        pace.map { $0 * position }
    }

    /// The queue as the router knows it. It lets an offer live a second longer than the adviser sees, so that an
    /// acceptance in the last moment is not crossed by the router's own clock.
    var routed: Routing.Queue {
        Routing.Queue(
            id: id, headStart: headStart, serviceTarget: target,
            overflow: needs.filter { $0.after > .zero }.map { OverflowStep(after: $0.after, needs: $0.needs) },
            longest: nil, offerTimeout: offerTimeout + Queue.grace, wrapUpLimit: wrapUpLimit)
    }

    static let grace = Duration.seconds(1)
}

/// A queue as desks, chats and reports mention it.
package struct QueueName: Encodable, Equatable, Sendable {
    let id: Queue.ID
    let key, name, language: String

    package init(_ queue: Queue) {
        id = queue.id
        key = queue.key
        name = queue.name
        language = queue.language
    }
}

/// A queue says no.
package enum QueueRefusal: Refusal, Equatable {
    /// No queue in use is called so.
    case unknown(String)
    /// No queue, in use or retired, has this number.
    case neverThere(Queue.ID)
    case closed(sentence: String)
    case full(name: String)
    case changedMeanwhile(by: String, what: String)

    package var sentence: String {
        switch self {
        case .unknown(let name): "There is no queue \"\(name.prefix(80))\", or not any more. Choose one from the list."
        case .neverThere(let id): "There is no queue \(id). The page Queues lists all there are, retired ones too."
        case .closed(let sentence): sentence
        case .full(let name):
            "So many people are waiting for \(name) that we could not answer you today. Please try again later."
        case .changedMeanwhile(let person, let what):
            "\(person) changed this queue while you were writing (\(what)) Nothing of yours is saved yet. Look at the change, then save again if yours should stand."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .unknown, .neverThere: .notFound
        case .closed, .changedMeanwhile: .conflict
        case .full: .unavailable
        }
    }
}
