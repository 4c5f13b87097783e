import Staffing
import Testing
import Values

struct ErlangBTests {
    @Test(arguments: [(10.0, 16, 0.022302), (10, 17, 0.012949), (0, 3, 0), (5, 0, 1)])
    func `the blocked share is that of the published tables`(load: Double, lines: Int, blocked: Double) {
        let system = ErlangB(load: load, lines: lines)
        #expect(abs(system.blocking - blocked) < 5e-7)
    }

    @Test func `the integral is the recursion in the number of lines`() {
        for load in [1e-6, 0.01, 0.9, 1, 1.1, 7, 460, 5_000, 12_345.678] {
            // B(n) = a B(n - 1) / (n + a B(n - 1)): Erlang's own.
            var blocked = 1.0
            for lines in 1...6_000 {
                blocked = load * blocked / (Double(lines) + load * blocked)
                guard blocked > 1e-250 else { break }
                guard lines < 40 || lines.isMultiple(of: 97) else { continue }
                let found = ErlangB(load: load, lines: lines).blocking
                #expect(abs(found / blocked - 1) < 1e-11, "\(load) erlangs, \(lines) lines: \(found), not \(blocked)")
            }
        }
    }

    @Test func `a hundred million lines are no work`() {
        let lost = ErlangB(load: 1e8, lines: 100_000_000).blocking
        // With as many lines as erlangs the share tends to sqrt(2 / (pi n)).
        #expect(abs(lost / (2 / (Double.pi * 1e8)).squareRoot() - 1) < 1e-3)
    }

    @Test func `the fewest lines lose no more than the share, and one line less loses more`() {
        for (load, share) in [(10.0, 0.02), (0.5, 0.001), (460, 0.01), (100_000, 1e-6)] {
            let lines = ErlangB.fewestLines(load: load, losing: share)
            #expect(ErlangB(load: load, lines: lines).blocking <= share)
            #expect(ErlangB(load: load, lines: lines - 1).blocking > share)
        }
        #expect(ErlangB.fewestLines(load: 10, losing: 0.02) == 17)
    }
}
