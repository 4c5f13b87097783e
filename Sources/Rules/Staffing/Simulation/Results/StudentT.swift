#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Student's t distribution with a whole number of degrees of freedom.
enum StudentT {
    /// The value that 97.5 % stay below: half the width of a 95 % interval, in standard errors. Nil for no degree of freedom.
    static func bound(degrees: Int) -> Double? {
        guard degrees >= 1 else { return nil }
        // Halving an interval 60 times leaves less than the last digit.
        var (low, high) = (1.9, 12.8)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if central(middle, degrees: degrees) < 0.95 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The share between -t and t: M. Abramowitz, I. Stegun, "Handbook of mathematical functions" (1964), 26.7.3 and 26.7.4.
    /// Beyond 10,000 degrees the sum of 10,000 stands for it: the bound differs by less than 10⁻⁴ from then on.
    static func central(_ t: Double, degrees: Int) -> Double {
        let degrees = min(degrees, degrees.isMultiple(of: 2) ? 10_000 : 9_999)
        let angle = atan(t / Double(degrees).squareRoot())
        let square = cos(angle) * cos(angle)
        if degrees == 1 { return 2 * angle / .pi }
        let isOdd = !degrees.isMultiple(of: 2)
        var term = isOdd ? cos(angle) : 1
        var sum = term
        var power = isOdd ? 3 : 2
        while power <= degrees - 2 {
            term *= square * Double(power - 1) / Double(power)
            sum += term
            power += 2
        }
        return isOdd ? 2 / .pi * (angle + sin(angle) * sum) : sin(angle) * sum
    }
}
