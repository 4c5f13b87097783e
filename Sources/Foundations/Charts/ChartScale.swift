#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// From values to pixels along one axis, with ticks at round numbers.
package struct ChartScale {
    package let ticks: [Double]
    package let decimals: Int
    private let from, to: Double
    private let start, end: Double
    private let isLogarithmic: Bool

    /// A straight scale over at least these values, widened to ticks of 1, 2 or 5 times a power of ten.
    package init(over values: ClosedRange<Double>, from start: Double, to end: Double, ticks most: Int = 8) {
        let span = max(values.upperBound - values.lowerBound, 1e-9)
        let power = pow(10, log10(span / Double(most)).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * power }.first { span / $0 <= Double(most) } ?? span
        let first = (values.lowerBound / step + 1e-9).rounded(.down)
        let last = max((values.upperBound / step - 1e-9).rounded(.up), first + 1)
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        decimals = max(0, -Int(log10(step * 1.000_001).rounded(.down)))
        (from, to) = (first * step, last * step)
        (self.start, self.end, isLogarithmic) = (start, end, false)
    }

    /// Exactly these values, with ticks at these.
    package init(
        exactly values: ClosedRange<Double>, ticks: [Double], decimals: Int, from start: Double,
        to end: Double
    ) {
        (self.ticks, self.decimals, from, to) = (ticks, decimals, values.lowerBound, values.upperBound)
        (self.start, self.end, isLogarithmic) = (start, end, false)
    }

    /// A scale of powers of ten for counts up to this. It begins below 1, so that a 1 can be seen.
    package init(countsTo most: Int, from start: Double, to end: Double) {
        let powers = max(1, Int(log10(Double(max(most, 1))).rounded(.up)))
        ticks = (0...powers).map { pow(10, Double($0)) }
        decimals = 0
        (from, to) = (-0.3, Double(powers))
        (self.start, self.end, isLogarithmic) = (start, end, true)
    }

    /// Where a value stands; values off the scale stand at its end.
    package func place(_ value: Double) -> Double {
        let value = isLogarithmic ? log10(max(value, 0.1)) : value
        let share = (value - from) / (to - from)
        return start + (end - start) * (share.isNaN ? 0 : min(max(share, 0), 1))
    }
}
