/// How far the truth strays from forecasts of contacts, as past ones did: the bounds between which a share of it falls.
///
/// Counts are taken as roots, r = √(y + ¼), whose chance is nearly the same at all sizes. Their spread is √(¼ + c r²): chance, and what
/// all intervals of a day share, c for each day ahead by moments. The bounds are the quantiles of what was seen, in these units, so an
/// unlike size of the two tails is kept.
///
/// What a day's intervals share has been seen only as often as there were days that say something new (L. Kish, "Survey sampling",
/// 1965: the effect of clusters). The fewer these are, the nearer the quantiles are drawn to those of the normal law, and the
/// wider the bounds, as Student's t widens them.
struct ForecastSpread: Equatable, Sendable {
    /// The shares for which there are bounds: beyond them they would be of no width, or of no end.
    static let shares = 0.001...0.9999

    private let share: Double
    private let firstDay: Int
    /// For each day ahead: c, and how many days said something new.
    private var shared = [0.0]
    private var independent = [Double.infinity]
    /// How many intervals an origin forecast of a day, on average.
    private var perDay = 1.0
    /// The quantiles, in units.
    private var low, high: Double

    /// The bounds of chance alone, where nothing was seen.
    init(byChance share: Double) {
        self.share = share
        firstDay = 1
        high = Normal.quantile((1 + share) / 2)
        low = -high
    }

    /// The bounds that past forecasts give for some days ahead, made at some origins a day apart.
    init(
        _ misses: [ForecastMiss], _ days: ClosedRange<Int>, among origins: Range<Int>, covering share: Double
    ) {
        let course = ForecastMissCourse(misses, days, among: origins)
        let known = Double(max(1, course.daysKnown))
        self.share = share
        firstDay = days.lowerBound
        shared = Self.shared(misses, days)
        perDay = max(1, Double(misses.count) / known)
        let times = known / Double(days.count)
        independent = days.map { day in
            // At least the spans that do not overlap, with the weeks from which the forecast comes.
            max(1, times * course.share, times / Double(day + 14))
        }
        let edge = Normal.quantile((1 + share) / 2)
        (low, high) = (-edge, edge)
        guard !misses.isEmpty else { return }
        let units = misses.map { error(of: $0) }.sorted()
        let alike = misses.reduce(0) { $0 + likeness(of: $1.forecast, day: $1.day) } / Double(misses.count)
        let seen = effective(alike, independent.reduce(0, +) / Double(days.count))
        let weight = seen / (seen + 20)
        low = weight * Self.quantile((1 - share) / 2, of: units) - (1 - weight) * edge
        high = weight * Self.quantile((1 + share) / 2, of: units) + (1 - weight) * edge
    }

    /// The bounds of an interval so many days ahead.
    func range(around forecast: Double, day: Int) -> ClosedRange<Double> {
        let seen = effective(likeness(of: forecast, day: day), independent[place(of: day)])
        let unit = unit(forecast, day: day) * widening(seen)
        let root = root(forecast)
        let bottom = max(0, square(max(0, root + min(0, low * unit))))
        return bottom...max(bottom, square(root + max(0, high * unit)))
    }

    // MARK: - Units

    private func place(of day: Int) -> Int { min(shared.count - 1, max(0, day - firstDay)) }

    private func root(_ value: Double) -> Double { (max(0, value) + 0.25).squareRoot() }

    private func square(_ root: Double) -> Double { root * root - 0.25 }

    private func unit(_ forecast: Double, day: Int) -> Double {
        (0.25 + shared[place(of: day)] * (max(0, forecast) + 0.25)).squareRoot()
    }

    private func error(of miss: ForecastMiss) -> Double {
        (root(miss.truth) - root(miss.forecast)) / unit(miss.forecast, day: miss.day)
    }

    /// c for each day ahead: what the errors have beyond chance.
    private static func shared(_ misses: [ForecastMiss], _ days: ClosedRange<Int>) -> [Double] {
        var (excess, squares) = ([Double](repeating: 0, count: days.count), [Double](repeating: 0, count: days.count))
        for miss in misses {
            let root = (max(0, miss.forecast) + 0.25).squareRoot()
            let error = (miss.truth + 0.25).squareRoot() - root
            excess[miss.day - days.lowerBound] += error * error - 0.25
            squares[miss.day - days.lowerBound] += root * root
        }
        return zip(excess, squares).map { $1 > 0 ? max(0, $0 / $1) : 0 }
    }

    // MARK: - How much was seen

    /// How alike the errors of a day's intervals are: the part of their variance that they share.
    private func likeness(of forecast: Double, day: Int) -> Double {
        let unit = unit(forecast, day: day)
        return 1 - 0.25 / (unit * unit)
    }

    /// So many independent intervals say as much as those that were seen.
    private func effective(_ likeness: Double, _ days: Double) -> Double {
        perDay * days / (1 + (perDay - 1) * likeness)
    }

    /// Beyond 200 Student's t is the normal law to within one per cent.
    private func widening(_ seen: Double) -> Double {
        guard seen < 200 else { return 1 }
        let edge = Normal.quantile((1 + share) / 2)
        return (StudentT.bound(degrees: max(2, Int(seen)), holding: share) ?? edge) / edge
    }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        // One more than were seen, so that few give wide bounds.
        let place = share * Double(sorted.count + 1) - 1
        return sorted[min(sorted.count - 1, max(0, Int(share < 0.5 ? place.rounded(.down) : place.rounded(.up))))]
    }
}
