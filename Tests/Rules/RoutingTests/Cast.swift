import Routing
import Values

// The people, skills and queues of the examples. Moments are seconds of one morning.
func at(_ seconds: Int64) -> Moment { Moment(milliseconds: 1_800_000_000_000 + seconds * 1_000) }

let taxes: Skill.ID = 1
let welsh: Skill.ID = 2

extension Routing.Queue {
    static let selfAssessment = Queue(
        id: 1, headStart: .seconds(60), offerTimeout: .seconds(20), wrapUpLimit: .seconds(30))
    static let benefits = Queue(id: 2, offerTimeout: .seconds(20), wrapUpLimit: .seconds(30))
}

extension Adviser {
    /// Knows taxes at level 2.
    static let amina = Adviser(id: 1, skills: [taxes: 2], idleSince: at(-100))
    /// Knows taxes at level 3 and some Welsh; less long idle than Amina.
    static let bram = Adviser(id: 2, skills: [taxes: 3, welsh: 1], idleSince: at(-50))
    /// Chats only, three at once.
    static let chidi = Adviser(
        id: 3, skills: [taxes: 1], capacity: Capacity(limits: [.chat: 3]), idleSince: at(-70))

    func with(_ availability: Availability) -> Adviser {
        var changed = self
        changed.availability = availability
        return changed
    }

    func with(_ capacity: Capacity) -> Adviser {
        var changed = self
        changed.capacity = capacity
        return changed
    }
}

func call(
    _ id: Contact.ID, at seconds: Int64, needs: [Need] = [Need(skill: taxes)], priority: Int = 0,
    channel: Channel = .call, preferred: Preference? = nil, queue: Routing.Queue.ID = 1
) -> Contact {
    Contact(
        id: id, queue: queue, needs: needs, priority: priority, arrivedAt: at(seconds), channel: channel,
        preferred: preferred)
}

/// A router that knows both queues and these advisers.
func router(with advisers: Adviser..., queue: Routing.Queue = .selfAssessment) -> Router {
    var router = Router()
    _ = router.apply(.queueChanged(queue), at: at(-10))
    _ = router.apply(.queueChanged(.benefits), at: at(-10))
    for adviser in advisers { _ = router.apply(.adviserChanged(adviser), at: at(-10)) }
    return router
}
