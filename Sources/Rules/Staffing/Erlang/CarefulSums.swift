#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Differences of nearly equal numbers, without losing their digits. At a body's size the exponents of these formulas are
/// differences of thousands, of which only the last units count.
enum Careful {
    /// 1 - (1 - e^-u) / u: u/2 where u is small, towards 1 where it is large; 0 at 0.
    static func lateness(_ u: Double) -> Double {
        guard abs(u) < 0.3 else { return 1 + expm1(-u) / u }
        // The series u/2! - u²/3! + u³/4! …
        var term = u / 2
        var sum = 0.0
        for place in 3...16 {
            sum += term
            term *= -u / Double(place)
        }
        return sum + term
    }

    /// s - ln(1 + s): s²/2 where s is small; for s over -1.
    static func excess(_ s: Double) -> Double {
        guard abs(s) < 0.3 else { return s - log1p(s) }
        // ln(1 + s) = 2 (r + r³/3 + r⁵/5 …) with r = s / (2 + s), and s - 2r = s·r.
        let r = s / (2 + s)
        var power = r
        var sum = 0.0
        for odd in stride(from: 3.0, through: 27, by: 2) {
            power *= r * r
            sum += power / odd
        }
        return s * r - 2 * sum
    }

    /// r - 1 - ln r, of a ratio r over 0: the same, where r may be so small that r - 1 would lose it.
    static func excess(ofRatio r: Double) -> Double {
        r < 0.7 ? r - 1 - log(r) : excess(r - 1)
    }
}
