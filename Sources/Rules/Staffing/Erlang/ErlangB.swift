#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The loss system M/M/n/n: calls that find every one of n lines taken are gone.
///
/// Source: A. K. Erlang, 1917. Computed as 1/B = ∫₀^∞ e^-t (1 + t/a)^n dt (D. L. Jagerman, "Some properties of the Erlang loss
/// function", Bell System Technical Journal 53, 1974), in logarithms: as quick and as right for a thousand lines as for ten million.
/// The blocked share is that of every distribution of call lengths, not only of exponential ones.
public struct ErlangB: Equatable, Sendable {
    /// The offered load in erlangs: arrivals a second times seconds a call; 0 or more.
    public let load: Double
    /// How many lines there are; 0 or more.
    public let lines: Int
    /// The share of calls that are lost, 0 to 1.
    public let blocking: Double

    /// The system with a load, finite and 0 or more, and a number of lines, 0 or more.
    public init(load: Double, lines: Int) {
        precondition(load >= 0 && load.isFinite, "a load is a number of erlangs, 0 or more")
        precondition(lines >= 0, "there cannot be fewer than no lines")
        self.load = load
        self.lines = lines
        blocking = exp(-Self.logInverse(load: load, lines: lines))
    }

    /// ln(1/B): infinite when there is no load and a line.
    static func logInverse(load: Double, lines: Int) -> Double {
        let n = Double(lines)
        guard lines > 0 else { return 0 }
        guard load > 0 else { return .infinity }
        // Few lines are quicker one by one: Erlang's recursion, B(n) = a B(n - 1) / (n + a B(n - 1)).
        guard lines > 1_000 else {
            return -log(stride(from: 1, through: n, by: 1).reduce(1) { load * $0 / ($1 + load * $0) })
        }
        // The integrand is e^(-t + n ln(1 + t/a)): at its highest at 0, or at n - a where lines outnumber the load.
        guard n > load else {
            let area = PeakedIntegral(from: 0) { (1 - n / load) * $0 + n * Careful.excess($0 / load) }
            return log(area.integral(from: 0) { _ in SIMD4(repeating: 1) }.x)
        }
        let area = PeakedIntegral(from: load - n) { n * Careful.excess($0 / n) }
        return n * Careful.excess(ofRatio: load / n) + log(area.integral(from: load - n) { _ in SIMD4(repeating: 1) }.x)
    }

    /// The fewest lines on which no more than this share is lost.
    /// - Parameter share: Over 0 and under 1.
    public static func fewestLines(load: Double, losing share: Double) -> Int {
        precondition(share > 0 && share < 1, "a share that may be lost is over 0 and under 1")
        return Bisection.firstNumber(from: 0) { ErlangB(load: load, lines: $0).blocking <= share }
    }
}
