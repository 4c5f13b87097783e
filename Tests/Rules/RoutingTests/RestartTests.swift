import Routing
import Testing
import Values

struct RestartTests {
    @Test func `after a restart everything stands where the tables say`() {
        var router = router(with: .amina, .bram, .chidi)
        router.restore(call(1, at: 0), as: .active(by: 1))
        router.restore(call(2, at: 1), as: .offered(to: 2, until: at(21)))
        router.restore(call(3, at: 2), as: .waiting)
        router.restore(call(4, at: 3, channel: .chat), as: .wrapUp(by: 3, until: at(30)))

        #expect(router.advance(to: at(5)).isEmpty)
        #expect(router.work(of: 1) == .active(by: 1))
        #expect(router.work(of: 2) == .offered(to: 2, until: at(21)))
        #expect(router.position(of: 3) == 1)
        #expect(router.work(of: 4) == .wrapUp(by: 3, until: at(30)))
        #expect(router.nextDeadline == at(21))
    }

    @Test func `after a restart those who waited are offered to whoever is free, in their order`() {
        var router = router(with: .amina)
        router.restore(call(2, at: 1), as: .waiting)
        router.restore(call(1, at: 0), as: .waiting)

        #expect(router.nextDeadline != nil)
        #expect(router.advance(to: at(5)) == [.offer(1, to: 1, until: at(25))])
    }

    @Test func `the work of an adviser of whom nobody tells waits again`() {
        var router = router(with: .bram)
        router.restore(call(1, at: 0), as: .active(by: 1))
        router.restore(call(2, at: 0), as: .wrapUp(by: 1, until: at(90)))

        let decisions = router.advance(to: at(5))

        #expect(Set(decisions) == [.requeued(1, from: 1), .wrapUpEnded(2, by: 1), .offer(1, to: 2, until: at(25))])
    }

    @Test func `an offer to somebody who has paused meanwhile is taken back`() {
        var router = router(with: .amina.with(.paused))
        router.restore(call(1, at: 0), as: .offered(to: 1, until: at(20)))

        #expect(router.advance(to: at(5)) == [.withdrawn(1, from: 1)])
        #expect(router.position(of: 1) == 1)
    }

    @Test func `a full queue is restored in full`() {
        var queue = Routing.Queue.selfAssessment
        queue.longest = 1
        var router = router(queue: queue)
        for id: Int64 in 1...3 { router.restore(call(Contact.ID(id), at: id), as: .waiting) }

        #expect(router.advance(to: at(5)).isEmpty)
        #expect(router.waiting(in: 1) == [1, 2, 3])
    }
}
