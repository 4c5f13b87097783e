import ArgumentParser
import Foundation
import Staffing
import Values

/// One M/M/c+M queue, one CSV line: `side-by-side/ciw_queue.py` lives the same through in the peer.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "Simulate one queue with impatient callers, around the clock.")

    @Option(help: "Calls an hour.") var calls = 2_880.0
    @Option(help: "Seconds a call.") var handling = 60.0
    @Option(help: "Advisers.") var advisers = 50
    @Option(help: "Mean patience in seconds.") var patience = 120.0
    @Option(help: "Seconds within which a call is in time.") var within = 20.0
    @Option(help: "Hours lived through, of which the first is not counted.") var hours = 5
    @Option(help: "How often.") var replications = 20
    @Option(help: "Where chance begins.") var seed: UInt64 = 1

    func run() async throws {
        let simulation = try Simulation(scenario)
        let before = processorSeconds()
        let report = try await simulation.run(replications: replications, seed: seed)
        let spent = processorSeconds() - before
        let (level, gone) = (report.total[.serviceLevelOffered], report.total[.abandonment])
        let figures = [level.value, level.low, level.high, gone.value, gone.low, gone.high].map { $0 ?? .nan }
        let words = [calls, handling, Double(advisers), patience, within, Double(hours), Double(replications), spent]
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let clock = ContinuousClock()
        let elapsed = try await clock.measure {
            _ = try await simulation.run(replications: replications, seed: seed, cores: cores)
        }
        print((words + figures + [Double(cores), elapsed.inSeconds]).map(\.description).joined(separator: ","))
    }

    private var scenario: Scenario {
        let open = Duration.zero..<Duration.hours(Int64(hours))
        let queue = PlannedQueue(
            name: "Queue", open: open, arrivals: [ArrivalStretch(open, expected: calls * Double(hours))],
            handling: .exponential(mean: .seconds(handling)), patience: .exponential(mean: .seconds(patience)),
            target: .seconds(within))
        return Scenario(
            name: "M/M/c+M", queues: [queue],
            teams: [PlannedTeam(name: "Advisers", shifts: [Shift(open, advisers: advisers)])], interval: .hours(1),
            measured: .hours(1)..<open.upperBound)
    }
}
