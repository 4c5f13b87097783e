import ArgumentParser
import Foundation
import Staffing
import Tables
import Values

/// `touchdown plan forecast`: what will come, interval by interval.
struct PlanForecast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast contacts and handling times from a history, with bounds and the errors of a back-test.",
        discussion: """
            The history is a table with the columns start and count and, for handling times, handled_seconds: the seconds that \
            advisers were at work on contacts of the interval; and handled: how many these were, where not all who came. \
            `touchdown plan history` writes one. A start without a zone is by the clock of --zone. What is missing \
            is not known, and is no zero.

            Special days are a table with the column day and, if you like, kind (days of one kind are like each other) and \
            factor (times a usual day).

            A new scheme has no history; with --launch the history is that of an earlier one, launched on --earlier-launch: \
            its shape is kept, and the size is --population times --contact-rate.
            """)

    @Option(name: .long, help: ArgumentHelp("The history: start,count[,handled][,handled_seconds].", valueName: "file"))
    var history: String

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How far from the end of the history: 14d.", valueName: "time"))
    var horizon: String

    @Option(name: .long, help: ArgumentHelp("By whose clock days repeat.", valueName: "name"))
    var zone: String = TimeZone.staff.identifier

    @Option(name: .long, help: ArgumentHelp("Special days: day[,kind][,factor].", valueName: "file"))
    var special: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The share of truths to fall between low and high.", valueName: "share"))
    var coverage: String = "0.9"

    @OptionGroup var scheme: NewScheme

    @Option(name: .long, help: ArgumentHelp("Also write the intervals as a table.", valueName: "file"))
    var output: String?

    @Flag(name: .long, help: "Print the forecast as JSON.")
    var json = false

    func validate() throws {
        _ = try ahead()
        _ = try clock()
        _ = try share()
        guard try scheme.launches() == nil || special == nil else {
            throw ValidationError("With --launch there are no special days yet: leave out --special.")
        }
    }

    func run() async throws {
        let command = self
        try await PlanCommand.run(writing: [output].compactMap(\.self)) { try command.forecast() }
    }

    private func forecast() throws {
        let history = try HistoryFile(path: history, zone: clock()).read()
        let summary: ForecastSummary
        if let launches = try scheme.launches() {
            let analogy = try launches.analogy(to: history, horizon: ahead(), covering: share())
            summary = try ForecastSummary(analogy, every: history.interval, in: clock())
        } else {
            let days = try special.map { try SpecialFile.read($0) } ?? []
            let forecast = try Forecast(after: history, horizon: ahead(), covering: share(), special: days)
            summary = try ForecastSummary(forecast, every: history.interval, in: clock(), specialDays: days.count)
        }
        if let output { try summary.write(to: output, inputs: [self.history] + [special].compactMap(\.self)) }
        try json ? JSONOutput.print(summary) : summary.tell()
    }

    private func share() throws -> Double { try PlanWords.share(coverage, of: "--coverage") }

    private func ahead() throws -> Duration { try PlanWords.duration(horizon, of: "--horizon") }

    private func clock() throws -> TimeZone { try PlanWords.zone(zone) }
}

/// A scheme of which there is no history, and the earlier one that it is like.
struct NewScheme: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The day a new scheme begins: 2026-12-07.", valueName: "day"))
    var launch: String?

    @Option(name: .long, help: ArgumentHelp("The day the earlier scheme in --history began.", valueName: "day"))
    var earlierLaunch: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How many people the new scheme is for.", valueName: "number"))
    var population: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "How many people the earlier one was for: its contacts for each are taken.", valueName: "number"))
    var earlierPopulation: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Contacts that each person makes within the horizon: 0.4, or 0.3..0.5.", valueName: "number")
    )
    var contactRate: String?

    /// What the options say, when they speak of a new scheme.
    func launches() throws -> Launches? {
        guard let launch else {
            guard [earlierLaunch, population, earlierPopulation, contactRate].allSatisfy({ $0 == nil }) else {
                throw ValidationError("A new scheme needs the day it begins: --launch 2026-12-07.")
            }
            return nil
        }
        guard let earlierLaunch, let population else {
            throw ValidationError("With --launch say --earlier-launch and --population, too.")
        }
        guard (earlierPopulation == nil) != (contactRate == nil) else {
            throw ValidationError("With --launch say either --earlier-population or --contact-rate.")
        }
        return try Launches(
            earlier: PlanWords.day(earlierLaunch, of: "--earlier-launch", as: "2026-12-07"),
            new: PlanWords.day(launch, of: "--launch", as: "2026-12-07"),
            population: PlanWords.count(population, of: "--population"),
            earlierPopulation: earlierPopulation.map { try PlanWords.count($0, of: "--earlier-population") },
            rate: contactRate.map { try Self.range($0) })
    }

    struct Launches {
        let earlier, new: Day
        let population: Double
        let earlierPopulation: Double?
        let rate: ClosedRange<Double>?

        func analogy(
            to history: ContactHistory, horizon: Duration, covering coverage: Double
        ) throws(ForecastRefusal) -> Analogy {
            let days = max(1, Int((horizon.inSeconds / 86_400).rounded(.up)))
            if let earlierPopulation {
                return try Analogy(
                    like: history, launchedOn: earlier, launch: new, days: days, population: population,
                    earlierPopulation: earlierPopulation, covering: coverage)
            }
            guard let rate else { throw .size(0) }
            return try Analogy(
                like: history, launchedOn: earlier, launch: new, days: days, population: population, rate: rate,
                covering: coverage)
        }
    }

    private static func range(_ text: String) throws -> ClosedRange<Double> {
        let ends = text.components(separatedBy: "..")
        let numbers = try ends.map { try PlanWords.count($0, of: "--contact-rate") }
        guard (1...2).contains(numbers.count), numbers[0] <= numbers[numbers.count - 1], numbers[0] > 0 else {
            throw ValidationError("--contact-rate is a number over 0, such as 0.4, or from low to high: 0.3..0.5.")
        }
        return numbers[0]...numbers[numbers.count - 1]
    }
}
