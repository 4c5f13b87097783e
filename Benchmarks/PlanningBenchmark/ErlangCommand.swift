import ArgumentParser
import Staffing
import Values

/// How long the questions of a planner take, one CSV line each: `side-by-side/workforce.py` asks the peer the same.
struct ErlangCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erlang", abstract: "Answer planners' questions, and say how long each took.")

    /// Calls, in so many minutes, minutes a call, minutes T, minutes of patience (0: endless), advisers.
    private static let questions: [[Double]] = [
        [100, 30, 3, 1.0 / 3, 0, 14], [20_000, 60, 13, 5, 0, 4_340], [100, 30, 3, 1.0 / 3, 5, 13],
        [48, 1, 1, 1.0 / 3, 2, 50], [2_000, 60, 13.8, 5, 57, 420], [6_000, 60, 13, 5, 1, 1_290],
        [20_000, 60, 13, 5, 10, 4_340],
    ]

    func run() throws {
        print("calls,per,aht,within,patience,advisers,service level,microseconds,fewest,microseconds for the fewest")
        for question in Self.questions {
            let demand = try Demand(
                question[0], per: .seconds(60 * question[1]), handling: .seconds(60 * question[2]))
            let time = Duration.seconds(60 * question[3])
            let patience: Duration? = question[4] > 0 ? .seconds(60 * question[4]) : nil
            let (level, spent) = try Self.measured(200) {
                try WaitingSystem(demand, agents: Int(question[5]), patience: patience).serviceLevel(within: time)
                    .offered
            }
            let (fewest, longer) = try Self.measured(20) {
                try WaitingSystem(fewestFor: demand, meeting: [.serviceLevel(0.8, within: time)], patience: patience)
                    .agents
            }
            let words = question.map(\.description) + ["\(level)", "\(spent)", "\(fewest)", "\(longer)"]
            print(words.joined(separator: ","))
        }
    }

    /// What it gives, and the mean of so many runs in microseconds, after one that is not counted.
    private static func measured<Answer>(_ times: Int, _ work: () throws -> Answer) rethrows -> (Answer, Double) {
        let answer = try work()
        let clock = ContinuousClock()
        let spent = try clock.measure { for _ in 0..<times { _ = try work() } }
        return (answer, (spent.inSeconds / Double(times) * 1e9).rounded() / 1e3)
    }
}
