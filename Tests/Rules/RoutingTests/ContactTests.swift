import Routing
import Testing
import Values

/// The rules one by one: whose turn it is and who is asked.
struct ContactTests {
    @Test func `a contact is offered to a qualified free adviser at once`() {
        var router = router(with: .amina)

        let decisions = router.apply(.arrived(call(1, at: 0)), at: at(0))

        #expect(decisions == [.offer(1, to: 1, until: at(20))])
        #expect(router.work(of: 1) == .offered(to: 1, until: at(20)))
        #expect(router.load(of: 1) == 1)
    }

    @Test func `a contact waits when nobody knows enough`() {
        var router = router(with: .amina)

        let decisions = router.apply(.arrived(call(1, at: 0, needs: [Need(skill: taxes, level: 3)])), at: at(0))

        #expect(decisions.isEmpty)
        #expect(router.position(of: 1) == 1)
    }

    @Test func `all needs must be met`() {
        var router = router(with: .amina, .bram)

        let both = [Need(skill: taxes), Need(skill: welsh)]
        let decisions = router.apply(.arrived(call(1, at: 0, needs: both)), at: at(0))

        #expect(decisions == [.offer(1, to: 2, until: at(20))])
    }

    @Test func `the longest idle of the least loaded is asked`() {
        let longIdle = Adviser(id: 4, skills: [taxes: 1], idleSince: at(-500))
        var router = router(with: .bram, longIdle, .amina)

        #expect(router.apply(.arrived(call(1, at: 0)), at: at(0)) == [.offer(1, to: 4, until: at(20))])
        #expect(router.apply(.arrived(call(2, at: 1)), at: at(1)) == [.offer(2, to: 1, until: at(21))])
    }

    @Test func `a second chat goes to whoever has none yet`() {
        let longerIdle = Adviser(
            id: 4, skills: [taxes: 1], capacity: Capacity(limits: [.chat: 3]), idleSince: at(-500))
        var router = router(with: .chidi, longerIdle)

        #expect(router.apply(.arrived(call(1, at: 0, channel: .chat)), at: at(0)) == [.offer(1, to: 4, until: at(20))])
        #expect(router.apply(.arrived(call(2, at: 0, channel: .chat)), at: at(0)) == [.offer(2, to: 3, until: at(20))])
        #expect(router.apply(.arrived(call(3, at: 0, channel: .chat)), at: at(0)) == [.offer(3, to: 4, until: at(20))])
    }

    @Test func `who came first is served first, and a priority point is a head start`() {
        var router = router()
        for contact in [call(1, at: 0), call(2, at: 30), call(3, at: 59, priority: 1), call(4, at: 61, priority: 1)] {
            _ = router.apply(.arrived(contact), at: at(61))
        }

        #expect(router.waiting(in: 1) == [3, 1, 4, 2])
        #expect(router.position(of: 2) == 4)
        #expect(router.longestWait(in: 1, at: at(61)) == .seconds(61))
        #expect(router.apply(.adviserChanged(.amina), at: at(62)) == [.offer(3, to: 1, until: at(82))])
    }

    @Test func `a contact is offered to its preferred adviser alone while she is busy`() {
        var router = router(with: .amina, .bram)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))

        let returning = call(2, at: 1, preferred: Preference(adviser: 1, until: at(60)))
        #expect(router.apply(.arrived(returning), at: at(1)).isEmpty)
        #expect(router.apply(.left(1), at: at(2)) == [.withdrawn(1, from: 1), .offer(2, to: 1, until: at(22))])
    }

    @Test func `everybody may help when the preference is over`() {
        var router = router(with: .amina, .bram)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.accepted(1, by: 1), at: at(0))
        _ = router.apply(.arrived(call(2, at: 1, preferred: Preference(adviser: 1, until: at(60)))), at: at(1))

        #expect(router.nextDeadline == at(60))
        #expect(router.advance(to: at(60)) == [.offer(2, to: 2, until: at(80))])
    }

    @Test(arguments: [Availability.paused, .missed, .offline])
    func `everybody may help when the preferred adviser takes nothing`(availability: Availability) {
        var router = router(with: .amina, .bram)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.accepted(1, by: 1), at: at(0))
        _ = router.apply(.arrived(call(2, at: 1, preferred: Preference(adviser: 1, until: at(60)))), at: at(1))

        let decisions = router.apply(.adviserChanged(.amina.with(availability)), at: at(2))

        #expect(decisions == [.offer(2, to: 2, until: at(22))])
    }

    @Test func `after an overflow step others may help too, and not before`() {
        var queue = Routing.Queue.selfAssessment
        queue.overflow = [OverflowStep(after: .seconds(40), needs: [Need(skill: welsh)])]
        var router = router(with: .bram, queue: queue)

        #expect(router.apply(.arrived(call(1, at: 0, needs: [Need(skill: taxes, level: 5)])), at: at(0)).isEmpty)
        #expect(router.advance(to: at(39)).isEmpty)
        #expect(router.nextDeadline == at(40))
        #expect(router.advance(to: at(40)) == [.offer(1, to: 2, until: at(60))])
    }

    @Test func `a contact that finds the queue full is turned away, but not one that is helped at once`() {
        var queue = Routing.Queue.selfAssessment
        queue.longest = 1
        var router = router(with: .amina, queue: queue)

        #expect(router.apply(.arrived(call(1, at: 0)), at: at(0)) == [.offer(1, to: 1, until: at(20))])
        #expect(router.apply(.arrived(call(2, at: 1)), at: at(1)).isEmpty)
        #expect(router.apply(.arrived(call(3, at: 2)), at: at(2)) == [.turnedAway(3)])
        #expect(router.work(of: 3) == nil)
    }

    @Test func `a contact of an unknown queue is treated with the usual rules`() {
        var router = router(with: .amina)

        #expect(router.apply(.arrived(call(1, at: 0, queue: 77)), at: at(0)) == [.offer(1, to: 1, until: at(20))])
    }

    @Test func `a contact passed on keeps its place while its adviser finishes up`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.accepted(1, by: 1), at: at(1))
        _ = router.apply(.arrived(call(2, at: 5)), at: at(5))
        _ = router.apply(.ended(1), at: at(10))

        #expect(router.apply(.arrived(call(1, at: 0)), at: at(10)).isEmpty)
        #expect(router.waiting(in: 1) == [1, 2])
        #expect(router.load(of: 1) == 1)
        #expect(router.apply(.wrappedUp(1), at: at(12)) == [.offer(1, to: 1, until: at(32))])
    }
}
