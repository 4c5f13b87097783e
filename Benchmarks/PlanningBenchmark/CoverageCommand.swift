import ArgumentParser
import Foundation
import Staffing
import Values

/// How often what came lay within the bounds of its forecast, on invented lines of which the truth is known, one CSV line each.
struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "Count how often the bounds of forecasts hold what comes, by days ahead.")

    @Option(help: "Days of history.")
    var days = 140

    @Option(help: "Lines of each kind; every one is drawn anew and forecast once.")
    var lines = 200

    @Option(help: "Contacts expected in a half-hour at the busiest time.")
    var size = 100.0

    @Option(help: "The share that the bounds shall hold.")
    var coverage = 0.9

    @Option(help: "Only the courses whose names begin so.")
    var course = ""

    private static let ahead = 14

    func run() async throws {
        let bands = [1...1, 2...7, 8...14]
        print("course,day 1,days 2-7,days 8-14,lowest day,highest day,said for 8-14,width for 8-14")
        for course in InventedLine.Course.allCases where course.rawValue.hasPrefix(self.course) {
            let tally = try await tally(course)
            var words = [course.rawValue.replacing(",", with: "")]
            words += bands.map { Self.percent(tally.share(of: $0)) }
            let daily = (1...Self.ahead).filter { tally.all[$0] > 0 }.map { tally.share(of: $0...$0) }
            words += [Self.percent(daily.min() ?? 0), Self.percent(daily.max() ?? 0)]
            words += [Self.percent(tally.said / Double(max(1, tally.saidBy))), Self.percent(tally.width / tally.came)]
            print(words.joined(separator: ","))
        }
    }

    private func tally(_ course: InventedLine.Course) async throws -> Tally {
        let command = self
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return try await withThrowingTaskGroup(of: Tally.self) { group in
            for core in 0..<cores {
                group.addTask {
                    var tally = Tally()
                    for seed in stride(from: core, to: command.lines, by: cores) {
                        try tally.add(course, seed: UInt64(seed + 1), command)
                    }
                    return tally
                }
            }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

    /// What was held, by days ahead from 1.
    private struct Tally: Sendable {
        var held = [Double](repeating: 0, count: CoverageCommand.ahead + 1)
        var all = [Double](repeating: 0, count: CoverageCommand.ahead + 1)
        var (said, saidBy) = (0.0, 0)
        var (width, came) = (0.0, 0.0)

        func share(of days: ClosedRange<Int>) -> Double {
            held[days].reduce(0, +) / max(1, all[days].reduce(0, +))
        }

        mutating func add(_ course: InventedLine.Course, seed: UInt64, _ command: CoverageCommand) throws {
            var line = InventedLine(
                course, days: command.days, ahead: CoverageCommand.ahead, size: command.size, seed: seed)
            let (history, truth) = try line.drawn()
            let forecast = try Forecast(
                after: history, horizon: .days(Int64(CoverageCommand.ahead)), covering: command.coverage)
            let found = Dictionary(uniqueKeysWithValues: forecast.intervals.map { ($0.start, $0) })
            for (start, count, day) in truth {
                guard let one = found[start] else { continue }
                all[day] += 1
                if one.low <= count, count <= one.high { held[day] += 1 }
                if day > 7 { (width, came) = (width + one.high - one.low, came + count) }
            }
            if let known = forecast.backTest.bands.last?.coverage { (said, saidBy) = (said + known, saidBy + 1) }
        }

        mutating func add(_ other: Tally) {
            for day in held.indices { (held[day], all[day]) = (held[day] + other.held[day], all[day] + other.all[day]) }
            (said, saidBy) = (said + other.said, saidBy + other.saidBy)
            (width, came) = (width + other.width, came + other.came)
        }
    }
}
