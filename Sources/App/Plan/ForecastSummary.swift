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

    init(_ forecast: Forecast, in zone: TimeZone, specialDays: Int) {
        let bands = forecast.backTest.bands
        let models = bands.isEmpty ? [ForecastModel.baseline.name] : bands.map(\.best.name)
        model = models.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", then ")
        self.forecast = forecast.intervals.map { Interval($0, in: zone) }
        backTest = BackTestSummary(forecast.backTest)
        handlingBackTest = forecast.handlingBackTest.map(BackTestSummary.init)
        self.specialDays = specialDays > 0 ? specialDays : nil
        notes = forecast.notes
    }

    init(_ analogy: Analogy, in zone: TimeZone) {
        model = "analogy to an earlier scheme"
        forecast = analogy.intervals.map { Interval($0, in: zone) }
        (backTest, handlingBackTest, specialDays) = (nil, nil, nil)
        notes = ["No back-test is possible: how like the earlier scheme the new one will be, nothing here says."]
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
        if let handlingBackTest { lines += handlingBackTest.lines(of: "seconds of handling") }
        lines.append("day            expected")
        lines += days.map { day, count in "\(day)  \(String(format: "%11.1f", count))" }
        lines += notes.map { "Note: \($0)" }
        try Terminal.print(lines)
    }

    private var days: [(day: String, count: Double)] {
        var days: [(day: String, count: Double)] = []
        for interval in forecast {
            let day = String(interval.start.prefix(10))
            if days.last?.day == day {
                days[days.count - 1].count += interval.expected
            } else {
                days.append((day, interval.expected))
            }
        }
        return days
    }
}

extension ForecastSummary.Interval {
    fileprivate init(_ interval: Forecast.Interval, in zone: TimeZone) {
        start = Self.written(interval.start, in: zone)
        (expected, low, high) = (interval.expected, interval.low, interval.high)
        handlingSeconds = interval.handling?.inSeconds
    }

    /// By the clock on the wall, with its distance from UTC.
    private static func written(_ moment: Moment, in zone: TimeZone) -> String {
        let wall = zone.wallClock(at: moment)
        let ahead = Int((wall.day.startInUTC + .minutes(Int64(wall.minute)) - moment).milliseconds / 60_000)
        return String(
            format: "%@T%02d:%02d:00%@%02d:%02d", wall.day.description, wall.minute / 60, wall.minute % 60,
            ahead < 0 ? "-" : "+", abs(ahead) / 60, abs(ahead) % 60)
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

    func lines(of what: String) -> [String] {
        guard !horizons.isEmpty else { return [] }
        let head =
            "back-test of \(what), \(origins) origins: days ahead, model, mean error, of all that came, bias, held"
        return [head]
            + horizons.flatMap { band in
                band.scores.map { score in
                    let isUsed = score.model == band.model
                    return String(
                        format: "  %3d-%-3d %@ %@ %9.2f %8@ %9.2f %@", band.fromDay, band.toDay, isUsed ? "*" : " ",
                        score.model.padding(toLength: 40, withPad: " ", startingAt: 0), score.meanAbsoluteError,
                        (score.weightedAbsolutePercentageError.map(\.asShare) ?? "-") as NSString, score.bias,
                        isUsed ? band.coverage.map(\.asShare) ?? "-" : "")
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
