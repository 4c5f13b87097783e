import ArgumentParser
import Foundation
import Staffing
import Tables
import Values

/// The errors of every forecasting model on a real series, such as `bank_calls`, and how long it takes.
struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Back-test every model on a history at one day and two weeks.",
        discussion: """
            Reads the columns DateTime and Calls, as the table bank_calls of R's fpp3 has them \
            (github.com/vincentarelbundock/Rdatasets, csv/fpp3/bank_calls.csv), with times as UTC. Without a file it invents three \
            years of quarter-hours.
            """)

    @Option(help: "The table with DateTime and Calls.")
    var history: String?

    func run() throws {
        let intervals = try history.map { try Self.read($0) } ?? Self.invented()
        let history = try ContactHistory(intervals, in: .gmt)
        let clock = ContinuousClock()
        let start = clock.now
        let forecast = try Forecast(after: history, horizon: .days(14))
        let spent = (clock.now - start).inSeconds
        print(
            String(
                format: "%d intervals of %.0f s, forecast in %.2f s", intervals.count, history.interval.inSeconds, spent
            ))
        print("days ahead, model, mean absolute error, of all calls, root mean square error, bias")
        for band in forecast.backTest.bands where band.days == 1...1 || band.days == 8...14 {
            for score in band.scores {
                let used = score.model == band.best ? " (used)" : ""
                print(
                    "\(band.days.lowerBound)-\(band.days.upperBound), \(score.model.name)\(used), "
                        + String(
                            format: "%.3f, %.2f %%, %.3f, %.3f", score.meanAbsoluteError,
                            (score.weightedError ?? 0) * 100, score.rootMeanSquareError, score.bias))
            }
            if let coverage = band.coverage {
                print(String(format: "  %.1f %% within the bounds of 90 %%", coverage * 100))
            }
        }
    }

    private static func read(_ path: String) throws -> [ContactHistory.Interval] {
        let reader = try TableReader(path)
        try reader.select(["DateTime", "Calls"])
        var batch = TableBatch()
        var intervals: [ContactHistory.Interval] = []
        while try reader.read(into: &batch) {
            for row in 0..<batch.rowCount {
                let text = (batch[row, 0] ?? "").replacingOccurrences(of: " ", with: "T")
                guard let start = Moment(text.hasSuffix("Z") ? text : text + "Z"),
                    let calls = batch[row, 1].flatMap(Double.init)
                else {
                    throw ValidationError("\(path), line \(batch.firstRow + row + 2): no time, or no number of calls.")
                }
                intervals.append(.init(start: start, count: calls))
            }
        }
        return intervals
    }

    /// A line that is open on weekdays from 7 to 21, with a level that wanders.
    private static func invented() -> [ContactHistory.Interval] {
        var chance = SeededChance(seed: 1)
        var level = 0.0
        let monday = Day(daysSinceEpoch: 19_723)
        return (0..<1_096).flatMap { day -> [ContactHistory.Interval] in
            level = 0.97 * level + Double.random(in: -0.12...0.12, using: &chance)
            return (0..<96).map { quarter in
                let hour = Double(quarter) / 4
                let isOpen = (monday + day).weekday < 6 && hour >= 7 && hour < 21
                let mean = isOpen ? 150 * exp(level) * (0.4 + 0.6 * sin((hour - 7) / 14 * .pi)) : 0
                let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &chance) }
                let start = (monday + day).startInUTC + .minutes(Int64(quarter * 15))
                return .init(start: start, count: max(0, (mean + noise * mean.squareRoot()).rounded()))
            }
        }
    }
}
