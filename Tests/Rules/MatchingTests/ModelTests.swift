import Matching
import Testing

struct ModelTests {
    @Test(arguments: [
        (Bound(.atLeast, 0.9), 0.9, true), (Bound(.above, 0.9), 0.9, false), (Bound(.atMost, 1), 1, true),
        (Bound(.below, 1), 1, false),
    ]) func `a bound includes its limit only when it says so`(bound: Bound, value: Double, holds: Bool) {
        #expect(bound.holds(value) == holds)
    }
}
