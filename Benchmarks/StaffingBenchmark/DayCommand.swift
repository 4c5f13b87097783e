import ArgumentParser
import Staffing
import Values

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A day of 100,000 calls with 5,000 advisers, on one core.
struct DayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day", abstract: "Simulate a day of 100,000 calls with 5,000 advisers.")

    @Option(help: "Calls.") var calls = 100_000.0
    @Option(help: "Advisers.") var advisers = 5_000
    @Option(help: "How many days, each measured by itself.") var days = 5

    func run() async throws {
        let simulation = try Simulation(.day(calls: calls, advisers: advisers))
        for seed in 1...UInt64(days) {
            let before = processorSeconds()
            let report = try await simulation.run(replications: 1, seed: seed)
            let spent = ((processorSeconds() - before) * 1_000).rounded() / 1_000
            let offered = Int(report.total[.offered].value ?? 0)
            let level = ((report.total[.serviceLevelOffered].value ?? 0) * 1_000).rounded() / 10
            print("\(offered) calls, \(report.events) events told, \(level) % in time: \(spent) s of one core")
        }
    }
}

/// The share answered in time of that day, with ten numbers of advisers and four days each.
struct CliffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cliff", abstract: "Simulate the cliff of that day: ten numbers of advisers, four days each.")

    func run() async throws {
        let before = processorSeconds()
        let cliff = try await Cliff(
            of: .day(calls: 100_000, advisers: 5_000), advisers: (0..<10).map { 4_000 + 200 * $0 }, replications: 4,
            seed: 1)
        print("40 days of 100,000 calls: \(((processorSeconds() - before) * 10).rounded() / 10) s of one core")
        for point in cliff.points {
            let share = point.figures[.serviceLevelOffered].value ?? 0
            print("\(point.advisers) advisers: \((share * 1_000).rounded() / 10) % in time")
        }
    }
}

extension Scenario {
    /// Ten hours, a lunch hour in two halves, lognormal conversations, wrap-up, patience of an hour.
    fileprivate static func day(calls: Double, advisers: Int) -> Scenario {
        let open = Duration.hours(8)..<Duration.hours(18)
        var queue = PlannedQueue(
            name: "Taxes", open: open, arrivals: [ArrivalStretch(open, expected: calls)],
            handling: .lognormal(mean: .seconds(1_300), variation: 1), patience: .exponential(mean: .minutes(57)))
        queue.wrapUp = .exponential(mean: .seconds(120))
        let early = Break(at: .hours(12), length: .minutes(45), isPaid: false)
        let late = Break(at: .hours(13), length: .minutes(45), isPaid: false)
        let team = PlannedTeam(
            name: "Advisers",
            shifts: [
                Shift(open, advisers: advisers / 2, breaks: [early]),
                Shift(open, advisers: advisers - advisers / 2, breaks: [late]),
            ])
        return Scenario(name: "A large day", queues: [queue], teams: [team])
    }
}

/// The time that this process has had of all cores.
func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
