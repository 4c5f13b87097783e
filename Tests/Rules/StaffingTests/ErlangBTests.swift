import Staffing
import Testing

struct ErlangBTests {
    @Test(arguments: [(10.0, 16, 0.022302), (10, 17, 0.012949), (0, 3, 0), (5, 0, 1)])
    func `the blocked share is that of the published tables`(load: Double, lines: Int, blocked: Double) {
        let system = ErlangB(load: load, lines: lines)
        #expect(abs(system.blocking - blocked) < 5e-7)
    }
}
