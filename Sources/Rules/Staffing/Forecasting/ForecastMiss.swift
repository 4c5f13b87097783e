/// One interval that was forecast, and how it came.
struct ForecastMiss {
    /// From which origin, and how many days ahead; the first is 1.
    let origin, day: Int
    let forecast, truth: Double
    /// How much the truth stands for, such as how many contacts a handling time is the mean of; 1 where all are alike.
    var weight = 1.0
}

/// The relative errors of whole days, origin after origin.
struct ForecastMissCourse {
    /// How many days were forecast, each from each origin once.
    let daysKnown: Int
    /// Which share of these days says something new: (1 - ρ) / (1 + ρ), with ρ how alike the errors of neighbouring origins are.
    let share: Double

    init(_ misses: [ForecastMiss], _ days: ClosedRange<Int>, among origins: Range<Int>) {
        var sums = [(error: Double, forecast: Double)](repeating: (0, 0), count: days.count * origins.count)
        for miss in misses {
            let place = (miss.day - days.lowerBound) * origins.count + miss.origin - origins.lowerBound
            sums[place].error += miss.truth - miss.forecast
            sums[place].forecast += miss.forecast
        }
        var (squares, products, known, neighbours) = (0.0, 0.0, 0, 0)
        for row in stride(from: 0, to: sums.count, by: max(1, origins.count)) {
            // Closed days lie between neighbours.
            let errors = sums[row..<row + origins.count].filter { $0.forecast > 0 }.map { $0.error / $0.forecast }
            squares += errors.reduce(0) { $0 + $1 * $1 }
            products += zip(errors, errors.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
            known += errors.count
            neighbours += max(0, errors.count - 1)
        }
        let mean = (squares: squares / Double(max(1, known)), products: products / Double(max(1, neighbours)))
        let likeness = mean.squares > 0 ? min(1, max(0, mean.products / mean.squares)) : 0
        daysKnown = known
        share = (1 - likeness) / (1 + likeness)
    }
}
