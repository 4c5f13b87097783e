import Values

/// How far from the truth forecasts would have been, made again and again in the past with only what was known then (rolling
/// origin). Errors are of single intervals.
public struct BackTest: Equatable, Sendable {
    /// One model's errors over some days ahead.
    public struct Score: Equatable, Sendable {
        /// Whose.
        public let model: ForecastModel
        /// The mean distance from the truth, in contacts or seconds.
        public let meanAbsoluteError: Double
        /// All distances over all that came: a share. Nil where nothing came.
        public let weightedError: Double?
        /// The root of the mean square of the distances: large ones count for more.
        public let rootMeanSquareError: Double
        /// The mean of forecast minus truth: over 0 is too much.
        public let bias: Double
    }

    /// Some days ahead, and who forecasts them best.
    public struct Band: Equatable, Sendable {
        /// Which days after the origin; the first is 1.
        public let days: ClosedRange<Int>
        /// How many intervals were compared.
        public let compared: Int
        /// Every model's errors, the baseline's first.
        public let scores: [Score]
        /// The model that is used for these days: of those whose mean error is smaller than the baseline's by one per cent or more, and
        /// whose root mean square error is no larger, the one with the smallest mean error; else the baseline. So none that is
        /// used was worse than the seasonal moving average.
        public let best: ForecastModel
        /// The share of intervals that held the truth: bounds from the earlier half of the origins, tried on the later
        /// half. Nil where there were too few.
        public let coverage: Double?

        /// The errors of the model that is used.
        public var score: Score? { scores.first { $0.model == best } }
    }

    /// The days ahead, near ones first; empty when the history is too short to try anything.
    public let bands: [Band]
    /// How many times a forecast was made.
    public let origins: Int

    /// The days ahead that are looked at apart.
    static let bands = [1...1, 2...7, 8...14, 15...28, 29...730]
}

/// A back-test at work: forecasts of all models beside the truth.
struct RollingOrigin {
    let grid: SlotGrid
    let kind: SeriesKind
    let origins: [Int]
    let bands: [ClosedRange<Int>]
    private let predicted: [ForecastModel: [[Double]]]

    /// Origins a day apart in the last eight weeks, each with at least two weeks before it.
    init(_ grid: SlotGrid, _ kind: SeriesKind, end: Int, days: Int, models: [ForecastModel]) {
        self.grid = grid
        self.kind = kind
        let learnt = grid.values.firstIndex { !$0.isNaN } ?? 0
        origins = (1...56).map { end - $0 * grid.slotsPerDay }.filter { $0 - learnt >= 2 * grid.slotsPerWeek }
            .reversed()
        let reach = min(days, 56)
        bands = BackTest.bands.filter { $0.lowerBound <= reach }.map { $0.clamped(to: 1...reach) }
        let first = origins.first ?? 0
        let count = reach * grid.slotsPerDay
        let starts = origins
        predicted = Dictionary(
            uniqueKeysWithValues: models.filter { model in
                // Two cycles need three weeks to show themselves.
                model != .doubleSeasonalHoltWinters || first - learnt >= 3 * grid.slotsPerWeek
            }.map { model in
                (
                    model,
                    starts.isEmpty ? [] : model.predictions(of: grid, kind, at: starts, count: count, fitted: first)
                )
            })
    }

    /// Forecast and truth of a model, over some days ahead, for some of the origins. Only open slots count.
    func pairs(of model: ForecastModel, _ days: ClosedRange<Int>, among chosen: Range<Int>) -> [(
        forecast: Double, truth: Double
    )] {
        guard let all = predicted[model], !all.isEmpty else { return [] }
        var pairs: [(Double, Double)] = []
        for place in chosen {
            let slots = (days.lowerBound - 1) * grid.slotsPerDay..<days.upperBound * grid.slotsPerDay
            for slot in slots {
                let target = origins[place] + slot
                guard target < grid.values.count else { break }
                let truth = grid.values[target]
                guard !truth.isNaN, truth > 0 || !grid.isClosed(target, before: origins[place]) else { continue }
                pairs.append((all[place][slot], truth))
            }
        }
        return pairs
    }

    func band(_ days: ClosedRange<Int>, models: [ForecastModel], covering share: Double) -> BackTest.Band? {
        let scores = models.compactMap { model in
            BackTest.Score(model, pairs(of: model, days, among: origins.indices))
        }
        guard let baseline = scores.first(where: { $0.model == .baseline }) else { return nil }
        let best = scores.filter {
            $0.meanAbsoluteError < 0.99 * baseline.meanAbsoluteError - 1e-9
                && $0.rootMeanSquareError <= baseline.rootMeanSquareError
        }.min { $0.meanAbsoluteError < $1.meanAbsoluteError }
        let model = best?.model ?? .baseline
        return BackTest.Band(
            days: days, compared: pairs(of: model, days, among: origins.indices).count, scores: scores, best: model,
            coverage: coverage(of: model, days, share))
    }

    /// Bounds of the earlier half, tried on the later half.
    private func coverage(of model: ForecastModel, _ days: ClosedRange<Int>, _ share: Double) -> Double? {
        let half = origins.count / 2
        // Targets of the earlier half that lie beyond the later half's first origin would be known twice.
        let early = pairs(of: model, days, among: 0..<half)
        let late = pairs(of: model, days, among: half..<origins.count)
        guard early.count >= 100, late.count >= 100 else { return nil }
        let spread = ForecastSpread(early, covering: share, kind)
        return Double(late.count { spread.range(around: $0.forecast).contains($0.truth) }) / Double(late.count)
    }
}

extension BackTest.Score {
    fileprivate init?(_ model: ForecastModel, _ pairs: [(forecast: Double, truth: Double)]) {
        guard !pairs.isEmpty else { return nil }
        let count = Double(pairs.count)
        let distance = pairs.reduce(0) { $0 + abs($1.forecast - $1.truth) }
        let all = pairs.reduce(0) { $0 + $1.truth }
        self.model = model
        meanAbsoluteError = distance / count
        weightedError = all > 0 ? distance / all : nil
        rootMeanSquareError =
            (pairs.reduce(0) { $0 + ($1.forecast - $1.truth) * ($1.forecast - $1.truth) } / count).squareRoot()
        bias = pairs.reduce(0) { $0 + $1.forecast - $1.truth } / count
    }
}

/// How far the truth strays from forecasts, as past ones did: the bounds between which a share of it falls.
///
/// Of counts the spread is √(f + c f²), chance and what all intervals share, c by moments; the bounds are the quantiles of what was
/// seen, in these units. So no law is assumed, and an unlike size of the two tails is kept.
struct ForecastSpread: Equatable, Sendable {
    private let shared: Double
    private let low, high: Double
    private let kind: SeriesKind

    init(_ pairs: [(forecast: Double, truth: Double)], covering share: Double, _ kind: SeriesKind) {
        let squares = pairs.reduce(0) { $0 + $1.forecast * $1.forecast }
        let excess = pairs.reduce(0) { $0 + ($1.forecast - $1.truth) * ($1.forecast - $1.truth) - $1.forecast }
        let shared = squares > 0 ? max(0, excess / squares) : 0
        let units = pairs.map { ($0.truth - $0.forecast) / Self.unit($0.forecast, shared, kind) }.sorted()
        // One more than were seen, so that few give wide bounds.
        func quantile(_ share: Double) -> Double {
            let place = share * Double(units.count + 1) - 1
            return units[min(units.count - 1, max(0, Int(share < 0.5 ? place.rounded(.down) : place.rounded(.up))))]
        }
        self.shared = shared
        self.kind = kind
        // By the normal law where nothing was seen.
        low = units.isEmpty ? -1.6449 : quantile((1 - share) / 2)
        high = units.isEmpty ? 1.6449 : quantile((1 + share) / 2)
    }

    func range(around forecast: Double) -> ClosedRange<Double> {
        let unit = Self.unit(forecast, shared, kind)
        let bottom = max(0, forecast + min(0, low * unit))
        return bottom...max(bottom, forecast + max(0, high * unit))
    }

    private static func unit(_ forecast: Double, _ shared: Double, _ kind: SeriesKind) -> Double {
        kind == .counts ? (max(0, forecast) + shared * forecast * forecast + 0.25).squareRoot() : max(1, forecast)
    }
}
