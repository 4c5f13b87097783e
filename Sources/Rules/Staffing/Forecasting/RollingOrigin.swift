import Values

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

    /// The bounds that some origins give: their errors, widened as much as bounds of one half of the origins must be to hold their share of the
    /// other half. Errors of neighbouring origins are much alike, so a run of weeks shows less than it seems to.
    func spread(
        of model: ForecastModel, _ days: ClosedRange<Int>, among chosen: Range<Int>, covering share: Double
    ) -> ForecastSpread {
        let half = chosen.lowerBound + chosen.count / 2
        let early = pairs(of: model, days, among: chosen.lowerBound..<half)
        let late = pairs(of: model, days, among: half..<chosen.upperBound)
        let whole = ForecastSpread(early + late, covering: share, kind)
        guard early.count >= 100, late.count >= 100 else { return whole }
        let forward = ForecastSpread(early, covering: share, kind).widening(to: share, of: late)
        let backward = ForecastSpread(late, covering: share, kind).widening(to: share, of: early)
        return whole.widened(by: min(3, max(1, (forward + backward) / 2)))
    }

    /// Bounds of the earlier two thirds of the origins, tried on the last third.
    private func coverage(of model: ForecastModel, _ days: ClosedRange<Int>, _ share: Double) -> Double? {
        let earlier = origins.count * 2 / 3
        let late = pairs(of: model, days, among: earlier..<origins.count)
        guard pairs(of: model, days, among: 0..<earlier).count >= 200, late.count >= 100 else { return nil }
        let spread = spread(of: model, days, among: 0..<earlier, covering: share)
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
