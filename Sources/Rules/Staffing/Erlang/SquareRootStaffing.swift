#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif
import Values

/// The rule of thumb behind it all: staff for the load a, and some more for chance, β·√a.
///
/// Sources: S. Halfin, W. Whitt, "Heavy-traffic limits for queues with many exponential servers", Operations Research 29, 1981;
/// with patience O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call center with impatient customers", M&SOM 4, 2002. In
/// the words of Borst, Mandelbaum and Reiman (Operations Research 52, 2004) it is right to within a single adviser.
public struct SquareRootStaffing: Equatable, Sendable {
    /// The safety: how many times √a more than a; negative to run short on purpose, which only patience allows.
    public let beta: Double

    /// A rule with a safety.
    public init(beta: Double) { self.beta = beta }

    /// The rule that lets this share of contacts wait, when nobody hangs up. Refuses shares that are not over 0 and under 1.
    public init(probabilityOfWait share: Double) throws(StaffingRefusal) {
        guard share > 0, share < 1 else { throw .target(share) }
        var (low, high) = (0.0, 40.0)
        for _ in 0..<200 where low < high {
            let middle = (low + high) / 2
            if SquareRootStaffing(beta: middle).probabilityOfWait() > share { low = middle } else { high = middle }
        }
        beta = high
    }

    /// How many advisers it gives a load in erlangs; need not be whole.
    public func agents(for load: Double) -> Double { max(0, load + beta * load.squareRoot()) }

    /// The share that waits, in the limit of large loads, when nobody hangs up (Halfin and Whitt):
    /// 1 / (1 + β Φ(β) / φ(β)). All wait when β is 0 or less.
    public func probabilityOfWait() -> Double {
        beta > 0 ? 1 / (1 + beta / Self.hazard(-beta)) : 1
    }

    /// The share that waits, in the limit of large loads, when people hang up after `patience` and calls last `handling`,
    /// both exponential (Garnett, Mandelbaum and Reiman).
    public func probabilityOfWait(handling: Duration, patience: Duration) -> Double {
        let ratio = (patience.inSeconds / handling.inSeconds).squareRoot()
        return 1 / (1 + Self.hazard(beta * ratio) / (ratio * Self.hazard(-beta)))
    }

    /// φ(x) / (1 - Φ(x)), of the normal distribution.
    static func hazard(_ x: Double) -> Double {
        // Beyond 30 the tail underflows; its continued fraction is exact there.
        guard x < 30 else { return x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 5 / x)))) }
        let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
        return density / (erfc(x / 2.0.squareRoot()) / 2)
    }
}
