/// Exponential smoothing with two cycles, a day and a week, and a correction for the last error.
///
///     s = d[day] · w[week];  e = y - l·s         l += α e s;  d[day] += δ e w / l;  w[week] += ω e d / l
///     forecast k open slots ahead: l · s of that slot + φᵏ e of the last one
///
/// Source: J. W. Taylor, "Short-term electricity demand forecasting using double seasonal exponential smoothing", Journal of the
/// Operational Research Society 54, 2003, in its multiplicative form without a trend; used for calls in Taylor 2008. Counts
/// are taken as roots, √(y + ¼), whose chance is nearly the same at all sizes (L. Brown et al., "Statistical analysis of a
/// telephone call center", JASA 100, 2005); so errors are weighed by the slot's size s where Taylor divides by it, and a quiet slot
/// cannot throw the level about. Closed slots are no part of the series; a missing value changes nothing.
struct HoltWinters {
    struct Parameters: Equatable {
        var alpha = 0.01
        var delta = 0.1
        var omega = 0.15
        /// φ; it follows from the others by least squares.
        var carried = 0.0
        /// The mean square of the errors within a day, after the correction; that of chance alone until it is fitted.
        var variance = 0.25
    }

    private let grid: SlotGrid
    private let kind: SeriesKind
    private let parameters: Parameters
    private var level: Double
    private var daily: [Double]
    private var weekly: [Double]
    private var last = 0.0

    /// Each forecast knows only what came before its origin: the parameters are fitted anew every eight weeks, on what was known then. An
    /// origin before the first cycles are complete gets the baseline's.
    static func predictions(of grid: SlotGrid, _ kind: SeriesKind, at origins: [Int], count: Int) -> [[Double]] {
        var series = grid
        for place in grid.values.indices {
            let value = grid.values[place]
            let isOpen = value > 0 || !grid.isClosed(place, before: place)
            series.values[place] = !isOpen ? .nan : kind == .counts ? (value + 0.25).squareRoot() : value
        }
        let first = series.values.firstIndex { !$0.isNaN } ?? series.values.count
        let known = first + beginning * grid.slotsPerWeek
        return stride(from: origins.count, to: 0, by: -refitted).reversed().flatMap { end in
            let block = origins[max(0, end - refitted)..<end]
            let parameters = fit(series, kind, first..<max(first, block.first ?? 0)) ?? Parameters()
            var state = HoltWinters(series, kind, parameters, first..<series.values.count)
            var place = 0
            return block.map { origin in
                while place < origin {
                    _ = state?.take(place)
                    place += 1
                }
                guard origin >= known, let state else {
                    return (origin..<origin + count).map { grid.usual($0, before: origin) }
                }
                return state.forecast(from: origin, count: count) { grid.isClosed($0, before: origin) }
            }
        }
    }

    /// From how many weeks the first cycles are taken, and after how many days the parameters are fitted anew.
    private static let (beginning, refitted) = (3, 56)

    /// Begins with the cycles of the first weeks of some places that have data; nil when nothing is known of them at all.
    private init?(_ grid: SlotGrid, _ kind: SeriesKind, _ parameters: Parameters, _ places: Range<Int>) {
        guard let first = grid.values[places].firstIndex(where: { !$0.isNaN }) else { return nil }
        let early = first..<min(places.upperBound, first + Self.beginning * grid.slotsPerWeek)
        let known = early.map { grid.values[$0] }.filter { !$0.isNaN }
        let level = max(1e-9, known.reduce(0, +) / Double(known.count))
        let days = grid.means(of: early, by: grid.slotsPerDay) { $0 % grid.slotsPerDay }.map { ($0 ?? level) / level }
        let weeks = grid.means(of: early, by: grid.slotsPerWeek) { grid.slotOfWeek($0) }
        self.grid = grid
        self.kind = kind
        self.parameters = parameters
        self.level = level
        daily = days.map { max(1e-6, $0) }
        weekly = weeks.enumerated().map { slot, mean in
            mean.map { max(1e-6, $0 / level / max(1e-6, days[slot % grid.slotsPerDay])) } ?? 1
        }
    }

    /// Learns a value; gives the error before the correction.
    private mutating func take(_ place: Int) -> Double? {
        let value = grid.values[place]
        guard !value.isNaN else { return nil }
        let (day, week) = (place % grid.slotsPerDay, grid.slotOfWeek(place))
        let (d, w) = (daily[day], weekly[week])
        let error = value - level * d * w
        // The cycles learn from what the last error does not explain.
        let news = error - parameters.carried * last
        daily[day] = max(1e-6, d + parameters.delta * news * w / level)
        weekly[week] = max(1e-6, w + parameters.omega * news * d / level)
        level = max(1e-9, level + parameters.alpha * news * d * w)
        last = error
        return error
    }

    private func forecast(from origin: Int, count: Int, isClosed: (Int) -> Bool) -> [Double] {
        roots(ahead: origin..<origin + count, isClosed: isClosed).map { root in
            guard !root.isNaN else { return 0 }
            let value = max(0, root)
            // Of a square the mean is the square of the mean, and the variance.
            return kind == .counts ? max(0, value * value + parameters.variance - 0.25) : value
        }
    }

    // MARK: - Fitting

    /// The parameters with the least errors within a day, over at most the last half-year of some places: a coarse net, then smaller
    /// steps. Nil where too little is known to try.
    ///
    /// Taylor takes the errors one step ahead. Over a night that says little: on the 5-minute volumes of a bank (`bank_calls`)
    /// the forecast of the next day was then off by 9.8 % of all calls, and by 8.6 % with these.
    private static func fit(_ series: SlotGrid, _ kind: SeriesKind, _ places: Range<Int>) -> Parameters? {
        let places = max(places.lowerBound, places.upperBound - 26 * series.slotsPerWeek)..<places.upperBound
        var best: Parameters?
        func look(_ alpha: Double, _ delta: Double, _ omega: Double) {
            var tried = Parameters(alpha: min(0.9, alpha), delta: min(0.9, delta), omega: min(0.9, omega))
            // First without the correction, which then has its least squares; then with it.
            guard let first = errors(series, kind, places, tried) else { return }
            tried.carried = first.carried
            guard let second = errors(series, kind, places, tried) else { return }
            tried.variance = second.variance
            if tried.variance < best?.variance ?? .infinity { best = tried }
        }
        for alpha in [0.001, 0.01, 0.08] {
            for delta in [0.005, 0.05] { for omega in [0.05, 0.15, 0.4] { look(alpha, delta, omega) } }
        }
        for step in [2.0, 1.4] {
            for factor in [1 / step, step] {
                if let best { look(best.alpha * factor, best.delta, best.omega) }
                if let best { look(best.alpha, best.delta * factor, best.omega) }
                if let best { look(best.alpha, best.delta, best.omega * factor) }
            }
        }
        return best
    }

    /// The share of an error that the next one repeats, and the mean square of the errors within a day, each forecast once a day.
    /// Nil where nothing is known once the first weeks have been learnt.
    private static func errors(
        _ series: SlotGrid, _ kind: SeriesKind, _ places: Range<Int>, _ parameters: Parameters
    ) -> (carried: Double, variance: Double)? {
        guard var state = HoltWinters(series, kind, parameters, places) else { return nil }
        let learnt = places.lowerBound + min(beginning * series.slotsPerWeek, places.count / 2)
        var (before, products, squares, all, found) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var ahead: [Double] = []
        for place in places {
            let slot = series.slotsPerDay - 1 - (places.upperBound - 1 - place) % series.slotsPerDay
            if slot == 0 || ahead.isEmpty {
                ahead = state.roots(ahead: place..<place - slot + series.slotsPerDay) { series.values[$0].isNaN }
            }
            let expected = ahead[ahead.count - (series.slotsPerDay - slot)]
            guard let error = state.take(place) else { continue }
            if place >= learnt {
                all += (series.values[place] - expected) * (series.values[place] - expected)
                products += error * before
                squares += before * before
                found += 1
            }
            before = error
        }
        guard found > 0 else { return nil }
        return (squares > 0 ? min(0.98, max(0, products / squares)) : 0, all / found)
    }

    /// What the places that are open should come to from here, as roots of counts; NaN where they are closed.
    private func roots(ahead places: Range<Int>, isClosed: (Int) -> Bool) -> [Double] {
        var carried = last
        return places.map { place in
            guard !isClosed(place) else { return .nan }
            carried *= parameters.carried
            return level * daily[place % grid.slotsPerDay] * weekly[grid.slotOfWeek(place)] + carried
        }
    }
}

extension SlotGrid {
    /// The means of what is known at some places, in groups.
    fileprivate func means(of places: Range<Int>, by count: Int, _ group: (Int) -> Int) -> [Double?] {
        var sums = [Double](repeating: 0, count: count)
        var found = [Double](repeating: 0, count: count)
        for place in places where !values[place].isNaN {
            sums[group(place)] += values[place]
            found[group(place)] += 1
        }
        return zip(sums, found).map { $1 > 0 ? $0 / $1 : nil }
    }
}
