#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Student's t distribution with a whole number of degrees of freedom.
enum StudentT {
    /// Half the width of the interval around 0 that holds a share, in standard errors. Nil for no degree of freedom.
    static func bound(degrees: Int, holding share: Double = 0.95) -> Double? {
        guard degrees >= 1 else { return nil }
        var (low, high) = (0.0, 1.0)
        while central(high, degrees: degrees) < share, high < 1e9 { (low, high) = (high, 2 * high) }
        // Halving an interval 60 times leaves less than the last digit.
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if central(middle, degrees: degrees) < share { low = middle } else { high = middle }
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
