import Foundation
import Staffing
import Tables
import Values

/// A forecast, for people and for programs.
struct ForecastSummary: Encodable {
    struct Interval: Encodable {
        let start: String
        let expected, low, high: Double
        let handlingSeconds: Double?
    }

    let model: String
    let forecast: [Interval]
    /// Nil for a new scheme, of which nothing can be tried.
    let backTest, handlingBackTest: BackTestSummary?
    let specialDays: Int?
    let notes: [String]
    /// When the last interval ends, as the starts are written.
    private let end: String

    private enum CodingKeys: CodingKey { case model, forecast, backTest, handlingBackTest, specialDays, notes }

    init(_ forecast: Forecast, every interval: Duration, in zone: TimeZone, specialDays: Int) {
        let bands = forecast.backTest.bands
        model = Self.models(bands)
        self.forecast = forecast.intervals.map { Interval($0, in: zone) }
        backTest = BackTestSummary(forecast.backTest)
        handlingBackTest = forecast.handlingBackTest.map(BackTestSummary.init)
        self.specialDays = specialDays > 0 ? specialDays : nil
        notes = forecast.notes
        end = Self.end(of: forecast.intervals, every: interval, in: zone)
    }

    private static func end(of intervals: [Forecast.Interval], every interval: Duration, in zone: TimeZone) -> String {
        intervals.last.map { ($0.start + interval).written(in: zone) } ?? ""
    }

    init(_ analogy: Analogy, every interval: Duration, in zone: TimeZone) {
        model = "analogy to an earlier scheme"
        forecast = analogy.intervals.map { Interval($0, in: zone) }
        (backTest, handlingBackTest, specialDays) = (nil, nil, nil)
        end = Self.end(of: analogy.intervals, every: interval, in: zone)
        notes =
            ["No back-test is possible: how like the earlier scheme the new one will be, nothing here says."]
            + (analogy.isShort
                ? [
                    "The earlier scheme is known for less than two weeks, so weekdays that were open are taken as alike."
                ]
                : [])
    }

    /// `double-seasonal Holt-Winters; from day 2 seasonal moving average over 8 weeks`.
    private static func models(_ bands: [BackTest.Band]) -> String {
        var words = [(bands.first?.best ?? .baseline).name]
        for (before, band) in zip(bands, bands.dropFirst()) where band.best != before.best {
            words.append("from day \(band.days.lowerBound) \(band.best.name)")
        }
        return words.joined(separator: "; ")
    }

    func write(to path: String, inputs: [String]) throws {
        let writer = try TableWriter(
            path,
            columns: ["start"] + ["expected", "low", "high", "handling_seconds"].map { TableColumn($0, .number) },
            inputs: inputs)
        for interval in forecast {
            writer.append(interval.start)
            for value in [interval.expected, interval.low, interval.high] { writer.append(value) }
            if let seconds = interval.handlingSeconds { writer.append(seconds) } else { writer.appendMissing() }
            try writer.endRow()
        }
        try writer.finish()
    }

    func tell() throws {
        var lines = ["model: \(model)"]
        if let backTest { lines += backTest.lines(of: "contacts") }
        if let handlingBackTest { lines += handlingBackTest.lines(of: "seconds of handling", withBounds: false) }
        lines += ["", "day".column(12) + "expected".rightColumn(12)]
        lines += days.map { day in
            let hours = day.isWhole ? "" : "  from \(day.from) to \(day.to) only"
            return day.day.column(12) + String(format: "%.1f", day.count).rightColumn(12) + hours
        }
        lines += ["", "The bounds of each interval: --json or --output."]
        lines += notes.map { "Note: \($0)" }
        try Terminal.print(lines)
    }

    /// What comes on a day, as far as it is forecast.
    private struct DaySum {
        let day, from: String
        var to: String
        var count: Double
        var isWhole: Bool { from == "00:00" && to == "24:00" }
    }

    private var days: [DaySum] {
        var days: [DaySum] = []
        for (index, interval) in forecast.enumerated() {
            let day = String(interval.start.prefix(10))
            let next = index + 1 < forecast.count ? forecast[index + 1].start : end
            let to = next.prefix(10) == day ? String(next.dropFirst(11).prefix(5)) : "24:00"
            if days.last?.day == day {
                days[days.count - 1].count += interval.expected
                days[days.count - 1].to = to
            } else {
                days.append(
                    DaySum(
                        day: day, from: String(interval.start.dropFirst(11).prefix(5)), to: to, count: interval.expected
                    ))
            }
        }
        // A first day of which only closed hours are left says nothing.
        if let first = days.first, !first.isWhole, first.count == 0, days.count > 1 { days.removeFirst() }
        return days
    }
}

extension ForecastSummary.Interval {
    fileprivate init(_ interval: Forecast.Interval, in zone: TimeZone) {
        start = interval.start.written(in: zone)
        (expected, low, high) = (interval.expected, interval.low, interval.high)
        handlingSeconds = interval.handling?.inSeconds
    }
}

/// The errors of a back-test, for people and for programs.
struct BackTestSummary: Encodable {
    struct Score: Encodable {
        let model: String
        let meanAbsoluteError: Double
        let weightedAbsolutePercentageError: Double?
        let rootMeanSquareError, bias: Double
    }

    struct Band: Encodable {
        let fromDay, toDay, intervals: Int
        let model: String
        let coverage: Double?
        let scores: [Score]
    }

    let origins: Int
    let horizons: [Band]

    init(_ test: BackTest) {
        origins = test.origins
        horizons = test.bands.map { band in
            Band(
                fromDay: band.days.lowerBound, toDay: band.days.upperBound, intervals: band.compared,
                model: band.best.name, coverage: band.coverage, scores: band.scores.map(Score.init))
        }
    }

    func lines(of what: String, withBounds: Bool = true) -> [String] {
        guard !horizons.isEmpty else { return [] }
        let names = ["mean error", "of all", "root mean sq.", "bias"] + (withBounds ? ["in bounds"] : [])
        let head = names.map { $0.rightColumn(14) }.joined()
        return [
            "", "back-test of \(what): \(origins) forecasts, one a day; * is the model that is used",
            "days".column(9) + "model".column(40) + head,
        ]
            + horizons.flatMap { band in
                band.scores.map { score in
                    let isUsed = score.model == band.model
                    let days = band.fromDay == band.toDay ? "\(band.fromDay)" : "\(band.fromDay)-\(band.toDay)"
                    let figures = [
                        score.meanAbsoluteError.inTwo, score.weightedAbsolutePercentageError.map(\.asShare) ?? "–",
                        score.rootMeanSquareError.inTwo, score.bias.inTwo,
                    ].map { $0.rightColumn(14) }.joined()
                    let held = isUsed && withBounds ? (band.coverage.map(\.asShare) ?? "untried").rightColumn(14) : ""
                    return days.column(7) + (isUsed ? "* " : "  ") + score.model.column(40) + figures + held
                }
            }
    }
}

extension BackTestSummary.Score {
    fileprivate init(_ score: BackTest.Score) {
        model = score.model.name
        meanAbsoluteError = score.meanAbsoluteError
        weightedAbsolutePercentageError = score.weightedError
        rootMeanSquareError = score.rootMeanSquareError
        bias = score.bias
    }
}
