import Routing
import Testing
import Values

/// The rules one by one: what an adviser's answers, absences and limits do.
struct AdviserTests {
    @Test func `an adviser takes as many chats as her limit and no more`() {
        var router = router(with: .chidi)
        for id: Int64 in 1...4 { _ = router.apply(.arrived(call(Contact.ID(id), at: id, channel: .chat)), at: at(id)) }

        #expect(router.contacts(of: 3) == [1, 2, 3])
        #expect(router.waiting(in: 1) == [4])
    }

    @Test func `a call excludes chats and the reverse, unless she mixes`() {
        let both = Capacity(limits: [.call: 1, .chat: 2])
        var strict = router(with: .amina.with(both))
        var mixing = router(with: .amina.with(Capacity(limits: both.limits, mixes: true)))
        _ = strict.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = mixing.apply(.arrived(call(1, at: 0)), at: at(0))

        let chat = Event.arrived(call(2, at: 1, channel: .chat))
        #expect(strict.apply(chat, at: at(1)).isEmpty)
        #expect(mixing.apply(chat, at: at(1)) == [.offer(2, to: 1, until: at(21))])
    }

    @Test func `a callback needs the same ear as a call`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))

        #expect(router.apply(.arrived(call(2, at: 1, channel: .callback)), at: at(1)).isEmpty)
    }

    @Test func `a refused contact keeps its place and goes to the next, she to the next contact`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.arrived(call(2, at: 1)), at: at(1))

        #expect(router.apply(.refused(1, by: 1), at: at(2)) == [.offer(2, to: 1, until: at(22))])
        #expect(router.position(of: 1) == 1)
        #expect(router.apply(.adviserChanged(.bram), at: at(3)) == [.offer(1, to: 2, until: at(23))])
    }

    @Test func `a refused contact comes again after the pause`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        #expect(router.apply(.refused(1, by: 1), at: at(2)).isEmpty)

        #expect(router.nextDeadline == at(62))
        #expect(router.advance(to: at(62)) == [.offer(1, to: 1, until: at(82))])
    }

    @Test func `an offer that runs out is missed, and she is spared until she says she is back`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))

        #expect(router.nextDeadline == at(20))
        #expect(router.advance(to: at(20)) == [.missed(1, by: 1)])
        #expect(router.availability(of: 1) == .missed)
        #expect(router.position(of: 1) == 1)
        #expect(router.apply(.accepted(1, by: 1), at: at(21)).isEmpty)
        #expect(router.apply(.adviserChanged(.amina), at: at(25)) == [.offer(1, to: 1, until: at(45))])
    }

    @Test func `who pauses keeps what she does, but her offers go to others`() {
        var router = router(with: .chidi)
        _ = router.apply(.arrived(call(1, at: 0, channel: .chat)), at: at(0))
        _ = router.apply(.accepted(1, by: 3), at: at(0))
        _ = router.apply(.arrived(call(2, at: 1, channel: .chat)), at: at(1))

        #expect(router.apply(.adviserChanged(.chidi.with(.paused)), at: at(2)) == [.withdrawn(2, from: 3)])
        #expect(router.work(of: 1) == .active(by: 3))
        #expect(router.work(of: 2) == .waiting)
    }

    @Test func `less capacity ends no work and only stops new offers`() {
        var router = router(with: .chidi)
        for id: Int64 in 1...2 { _ = router.apply(.arrived(call(Contact.ID(id), at: 0, channel: .chat)), at: at(0)) }

        #expect(router.apply(.adviserChanged(.chidi.with(Capacity(limits: [.chat: 1]))), at: at(1)).isEmpty)
        #expect(router.load(of: 3) == 2)
        #expect(router.apply(.arrived(call(3, at: 2, channel: .chat)), at: at(2)).isEmpty)
    }

    @Test func `when she is gone, her active contact waits again at its old place`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.accepted(1, by: 1), at: at(1))
        _ = router.apply(.arrived(call(2, at: 5)), at: at(5))

        #expect(router.apply(.adviserGone(1), at: at(9)) == [.requeued(1, from: 1)])
        #expect(router.waiting(in: 1) == [1, 2])
        #expect(router.availability(of: 1) == nil)
    }

    @Test func `wrap-up takes her place until she has finished`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.accepted(1, by: 1), at: at(1))
        _ = router.apply(.arrived(call(2, at: 5)), at: at(5))

        #expect(router.apply(.ended(1), at: at(10)).isEmpty)
        #expect(router.work(of: 1) == .wrapUp(by: 1, until: at(40)))
        #expect(router.apply(.wrappedUp(1), at: at(15)) == [.offer(2, to: 1, until: at(35))])
        #expect(router.work(of: 1) == nil)
    }

    @Test func `a wrap-up ends at its limit`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.accepted(1, by: 1), at: at(1))
        _ = router.apply(.ended(1), at: at(10))

        #expect(router.nextDeadline == at(40))
        #expect(router.advance(to: at(41)) == [.wrapUpEnded(1, by: 1)])
        #expect(router.load(of: 1) == 0)
        #expect(router.nextDeadline == nil)
    }

    @Test func `an answer given after the offer ran out comes too late, even if nobody advanced the router`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))

        #expect(router.apply(.accepted(1, by: 1), at: at(20)) == [.missed(1, by: 1)])
        #expect(router.work(of: 1) == .waiting)
    }

    @Test func `what does not fit changes nothing`() {
        var router = router(with: .amina, .bram)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        let stale: [Event] = [
            .arrived(call(1, at: 0)), .accepted(1, by: 2), .accepted(9, by: 1), .refused(1, by: 2), .ended(1),
            .wrappedUp(1), .left(9), .adviserGone(9), .ended(9),
        ]
        for event in stale {
            #expect(router.apply(event, at: at(1)).isEmpty, "\(event)")
            #expect(router.work(of: 1) == .offered(to: 1, until: at(20)), "\(event)")
        }
    }

    @Test func `senseless numbers are borne`() {
        var router = Router()
        var queue = Queue(id: 1, headStart: .seconds(Int64.max), longest: -1)
        queue.offerTimeout = .seconds(Int64.max)
        let adviser = Adviser(
            id: .init(.min), skills: [taxes: .max, welsh: .min],
            capacity: Capacity(limits: [.call: .min, .chat: .max]),
            idleSince: Moment(milliseconds: .min))
        let contact = Contact(
            id: .init(.max), queue: 1, needs: [Need(skill: taxes, level: .max)], priority: .min,
            arrivedAt: Moment(milliseconds: .max), channel: .chat)
        _ = router.apply(.queueChanged(queue), at: Moment(milliseconds: .max))
        _ = router.apply(.adviserChanged(adviser), at: Moment(milliseconds: .min))
        _ = router.apply(.arrived(contact), at: at(0))
        _ = router.apply(.refused(.init(.max), by: .init(.min)), at: at(0))

        #expect(router.estimatedWait(of: .init(.max), at: at(0)) == nil)
    }
}
