import Values

/// A back-test at work: forecasts of all models beside the truth.
struct RollingOrigin {
    let bands: [ClosedRange<Int>]
    /// Those of the origins by which models are judged: the last eight weeks.
    let judged: Range<Int>
    private let kind: SeriesKind
    /// Places in the series, a day apart.
    private let origins: [Int]
    /// How many weeks were known at each origin.
    private let weeksKnown: [Int]
    private let predicted: [ForecastModel: [[Double]]]
    /// For each origin the slots after it that are open, with what came.
    private let known: [[(slot: Int, truth: Double, weight: Double)]]
    private let slotsPerDay: Int

    /// Origins a day apart in the last half-year, each with at least two weeks before it.
    init(_ grid: SlotGrid, _ kind: SeriesKind, end: Int, days: Int, models: [ForecastModel]) {
        // Before anybody came there is nothing to learn: a queue may be younger than its history.
        let learnt = grid.values.firstIndex { $0 > 0 } ?? grid.values.count
        let origins =
            (1...182).map { end - $0 * grid.slotsPerDay }.filter { $0 - learnt >= 2 * grid.slotsPerWeek }
            .reversed() as [Int]
        let judged = max(0, origins.count - 56)..<origins.count
        let reach = min(days, 56)
        let count = reach * grid.slotsPerDay
        let first = judged.isEmpty ? 0 : origins[judged.lowerBound]
        self.kind = kind
        self.origins = origins
        self.judged = judged
        slotsPerDay = grid.slotsPerDay
        bands = BackTest.bands.filter { $0.lowerBound <= reach }.map { $0.clamped(to: 1...reach) }
        weeksKnown = origins.map { ($0 - learnt) / grid.slotsPerWeek }
        // What is closed by now no forecast is about: after a change of hours its errors would speak for those that are open.
        let isClosedNow = (end..<end + grid.slotsPerWeek).reduce(
            into: [Bool](repeating: false, count: grid.slotsPerWeek)
        ) {
            $0[grid.slotOfWeek($1)] = grid.isClosed($1, before: end)
        }
        known = origins.map { origin in
            (0..<max(0, min(count, grid.values.count - origin))).compactMap { slot in
                let truth = grid.values[origin + slot]
                guard !truth.isNaN, !isClosedNow[grid.slotOfWeek(origin + slot)],
                    truth > 0 || !grid.isClosed(origin + slot, before: origin)
                else { return nil }
                return (slot, truth, grid.weights?[origin + slot] ?? 1)
            }
        }
        predicted = Dictionary(
            uniqueKeysWithValues: models.filter { model in
                // Two cycles need three weeks to show themselves.
                model != .doubleSeasonalHoltWinters || first - learnt >= 3 * grid.slotsPerWeek
            }.map { model in
                (model, origins.isEmpty ? [] : model.predictions(of: grid, kind, at: origins, count: count))
            })
    }

    /// Forecast and truth of a model, over some days ahead, for some of the origins. Only open slots count.
    private func misses(
        of model: ForecastModel, _ days: ClosedRange<Int>, among chosen: Range<Int>
    ) -> [ForecastMiss] {
        guard let all = predicted[model], !all.isEmpty else { return [] }
        return chosen.flatMap { origin in
            known[origin].compactMap { slot, truth, weight in
                let day = slot / slotsPerDay + 1
                guard days.contains(day) else { return nil }
                return ForecastMiss(origin: origin, day: day, forecast: all[origin][slot], truth: truth, weight: weight)
            }
        }
    }

    func band(_ days: ClosedRange<Int>, models: [ForecastModel], covering share: Double) -> BackTest.Band? {
        let scores = models.compactMap { BackTest.Score($0, misses(of: $0, days, among: judged)) }
        guard let baseline = scores.first(where: { $0.model == .baseline }) else { return nil }
        let best = scores.filter {
            $0.meanAbsoluteError < 0.99 * baseline.meanAbsoluteError - 1e-9
                && $0.rootMeanSquareError <= BackTest.tolerance * baseline.rootMeanSquareError
        }.min { $0.meanAbsoluteError < $1.meanAbsoluteError }
        let model = best?.model ?? .baseline
        return BackTest.Band(
            days: days, compared: misses(of: model, days, among: judged).count, scores: scores, best: model,
            coverage: coverage(of: model, days, share))
    }

    /// The bounds that the errors of all origins give.
    func spread(of model: ForecastModel, _ days: ClosedRange<Int>, covering share: Double) -> ForecastSpread {
        spread(of: model, days, among: origins.indices, covering: share)
    }

    private func spread(
        of model: ForecastModel, _ days: ClosedRange<Int>, among chosen: Range<Int>, covering share: Double
    ) -> ForecastSpread {
        // A model that has just begun to learn errs more than it will: left out as soon as four weeks of origins remain.
        let grown = chosen.filter { weeksKnown[$0] >= 4 }
        let origins = grown.count >= 28 ? grown[0]..<chosen.upperBound : chosen
        return ForecastSpread(misses(of: model, days, among: origins), days, among: origins, covering: share)
    }

    /// Bounds of the earlier two thirds of the origins, tried on the last third. Handling times have none.
    private func coverage(of model: ForecastModel, _ days: ClosedRange<Int>, _ share: Double) -> Double? {
        guard kind == .counts else { return nil }
        let earlier = 0..<origins.count * 2 / 3
        let late = misses(of: model, days, among: earlier.upperBound..<origins.count)
        guard misses(of: model, days, among: earlier).count >= 200, late.count >= 100 else { return nil }
        let spread = spread(of: model, days, among: earlier, covering: share)
        return Double(late.count { spread.range(around: $0.forecast, day: $0.day).contains($0.truth) })
            / Double(late.count)
    }
}

extension BackTest.Score {
    fileprivate init?(_ model: ForecastModel, _ misses: [ForecastMiss]) {
        let count = misses.reduce(0) { $0 + $1.weight }
        guard count > 0 else { return nil }
        let distance = misses.reduce(0) { $0 + $1.weight * abs($1.forecast - $1.truth) }
        let all = misses.reduce(0) { $0 + $1.weight * $1.truth }
        self.model = model
        meanAbsoluteError = distance / count
        weightedError = all > 0 ? distance / all : nil
        rootMeanSquareError =
            (misses.reduce(0) { $0 + $1.weight * ($1.forecast - $1.truth) * ($1.forecast - $1.truth) } / count)
            .squareRoot()
        bias = misses.reduce(0) { $0 + $1.weight * ($1.forecast - $1.truth) } / count
    }
}
