import Routing
import Testing
import Values

/// How right the estimated waits are, told at the moment a contact begins to wait and compared with what came.
/// Both centres are a little too small for their customers, who lose patience. Printed, and held by limits.
struct EstimateTests {
    @Test func `with nobody else in the queue the estimate is the time until a place is free`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0)), at: at(0))
        _ = router.apply(.arrived(call(2, at: 0)), at: at(0))
        _ = router.apply(.arrived(call(3, at: 0)), at: at(0))

        #expect(router.estimatedWait(of: 1, at: at(0)) == nil)
        #expect(router.estimatedWait(of: 2, at: at(0)) == .minutes(6))
        #expect(router.estimatedWait(of: 3, at: at(0)) == .minutes(12))
        #expect(router.estimatedWait(forNewIn: 1, needs: [Need(skill: taxes)], at: at(0)) == .minutes(18))
    }

    @Test func `there is no estimate when nobody available may help, and none to wait when somebody is free`() {
        var router = router(with: .amina)
        _ = router.apply(.arrived(call(1, at: 0, needs: [Need(skill: welsh)])), at: at(0))
        #expect(router.estimatedWait(of: 1, at: at(0)) == nil)

        _ = router.apply(.arrived(call(2, at: 0)), at: at(0))
        _ = router.apply(.left(2), at: at(1))
        #expect(router.estimatedWait(forNewIn: 1, needs: [Need(skill: taxes)], at: at(1)) == .zero)
    }

    @Test func `in a single queue the estimates are nearly as good as with the true rates known`() {
        var centre = Practice(seed: 1, skillsOf: Array(repeating: [1], count: 20), handling: [240], between: [11.4])
        let errors = centre.errors(hours: 40)
        print("estimated wait, single queue:", errors)
        #expect(errors.median < errors.unavoidable * 1.1)
        #expect(errors.median < 0.30)
        #expect(abs(errors.bias) < 0.10)
    }

    @Test func `with shared skills half of the estimates are within two fifths of the true wait`() {
        let skills: [[Int64]] = (0..<30).map { [[1], [1, 2], [2, 3], [3], [1, 3], [2]][$0 % 6] }
        var centre = Practice(seed: 2, skillsOf: skills, handling: [180, 300, 240], between: [17, 26, 22])
        let errors = centre.errors(hours: 40)
        print("estimated wait, three queues with shared skills:", errors)
        #expect(errors.median < 0.40)
        #expect(abs(errors.bias) < 0.20)
    }
}
