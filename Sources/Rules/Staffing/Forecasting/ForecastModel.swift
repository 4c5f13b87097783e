/// A way to forecast a series.
public enum ForecastModel: Hashable, Sendable {
    /// The mean of the same weekday and time in the last weeks that are known. Hard to beat some days ahead (J. W. Taylor,
    /// "A comparison of univariate time series methods for forecasting intraday arrivals at a call center", Management
    /// Science 54, 2008). Over one week it is the seasonal naive forecast.
    case seasonalMovingAverage(weeks: Int)
    /// Exponential smoothing with a daily and a weekly cycle and a correction for the last error; see `HoltWinters`.
    case doubleSeasonalHoltWinters
    /// The mean of the last weeks, whatever the time: for handling times, which often have no cycle.
    case level(weeks: Int)

    /// What every other model must beat.
    public static let baseline = ForecastModel.seasonalMovingAverage(weeks: 4)

    /// As the trade calls it.
    public var name: String {
        switch self {
        case .seasonalMovingAverage(let weeks): "seasonal moving average over \(weeks) week\(weeks == 1 ? "" : "s")"
        case .doubleSeasonalHoltWinters: "double-seasonal Holt-Winters"
        case .level(let weeks): "mean of \(weeks) weeks"
        }
    }

    static let forCounts: [ForecastModel] = [
        .baseline, .seasonalMovingAverage(weeks: 1), .seasonalMovingAverage(weeks: 2),
        .seasonalMovingAverage(weeks: 8), .doubleSeasonalHoltWinters,
    ]
    static let forHandling = forCounts + [.level(weeks: 4)]
}

/// What a series is, for the models.
enum SeriesKind: Sendable {
    case counts, means
}

extension ForecastModel {
    /// What the model says at each origin of the slots after it; it knows only the values before the origin.
    /// - Parameters:
    ///   - origins: Places in the series, rising; the last may be its end.
    func predictions(of grid: SlotGrid, _ kind: SeriesKind, at origins: [Int], count: Int) -> [[Double]] {
        switch self {
        case .seasonalMovingAverage(let weeks):
            origins.map { origin in
                (origin..<origin + count).map { grid.usual($0, before: origin, weeks) }
            }
        case .level(let weeks):
            origins.map { [Double](repeating: grid.mean(before: $0, weeks) ?? 0, count: count) }
        case .doubleSeasonalHoltWinters:
            HoltWinters.predictions(of: grid, kind, at: origins, count: count)
        }
    }
}

extension SlotGrid {
    /// What the seasonal moving average says of a slot: nothing where it is closed.
    func usual(_ slot: Int, before origin: Int, _ weeks: Int = 4) -> Double {
        isClosed(slot, before: origin) ? 0 : seasonalMean(of: slot, before: origin, weeks) ?? 0
    }

    /// The mean of the same slot of the week in the last weeks that are known before an origin, by their weights; nil when none is.
    func seasonalMean(of slot: Int, before origin: Int, _ weeks: Int) -> Double? {
        var place = last(slot, before: origin)
        var (sum, weight, found) = (0.0, 0.0, 0)
        while place >= 0, found < weeks {
            let value = values[place]
            if !value.isNaN {
                let part = weights?[place] ?? 1
                (sum, weight, found) = (sum + part * value, weight + part, found + 1)
            }
            place -= slotsPerWeek
        }
        return weight > 0 ? sum / weight : nil
    }

    /// The mean of everything known in the last weeks that have something; nil when nothing is.
    func mean(before origin: Int, _ weeks: Int) -> Double? {
        var (sum, weight) = (0.0, 0.0)
        var end = min(origin, values.count)
        while end > 0, weight == 0 {
            let start = max(0, end - weeks * slotsPerWeek)
            for place in start..<end where !values[place].isNaN {
                let part = weights?[place] ?? 1
                (sum, weight) = (sum + part * values[place], weight + part)
            }
            end = start
        }
        return weight > 0 ? sum / weight : nil
    }

    /// The same slot of the week, the last time before an origin.
    private func last(_ slot: Int, before origin: Int) -> Int {
        let place = slot - slotsPerWeek * max(0, (slot - origin) / slotsPerWeek + 1)
        return place >= origin ? place - slotsPerWeek : place
    }

    /// Whether nobody comes at this slot of the week: in the last eight weeks of which anything is known, somebody never did,
    /// whether a zero stands there or nothing.
    func isClosed(_ slot: Int, before origin: Int) -> Bool {
        var place = last(slot, before: origin)
        var weeks = 0
        while place >= 0, weeks < 8 {
            if values[place] > 0 { return false }
            weeks += isWeekKnown(of: place) ? 1 : 0
            place -= slotsPerWeek
        }
        return true
    }
}
