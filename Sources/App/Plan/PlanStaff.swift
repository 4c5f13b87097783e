import ArgumentParser
import Staffing
import Values

/// `touchdown plan staff`: the fewest advisers that keep a promise, or what so many give.
struct PlanStaff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "The fewest advisers that keep a promise, by Erlang C or A; or what a number of them gives.",
        discussion: """
            Without --patience nobody hangs up (Erlang C), and fewer advisers than erlangs cannot be; with it people hang up \
            after that time on average (Erlang A). With --agents the answer is what they give; else it is the fewest who \
            keep --target within --within, and what else is asked for.

            With --forecast every interval of a table is staffed by itself, as `plan forecast --output` writes it: start, \
            expected and, for handling times, handling_seconds; where it has none, --aht.
            """)

    @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("How many contacts come.", valueName: "number"))
    var calls: String?

    @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("In what time they come: 30m.", valueName: "time"))
    var per: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How long each keeps an adviser, on average, wrap-up included: 240s.", valueName: "time"))
    var aht: String?

    @Option(name: .long, help: ArgumentHelp("Staff every interval of this table.", valueName: "file"))
    var forecast: String?

    @Option(name: .long, help: ArgumentHelp("With --forecast: also write the intervals as a table.", valueName: "file"))
    var output: String?

    @Option(
        name: .long, help: ArgumentHelp("With --forecast: by whose clock starts without a zone are.", valueName: "name")
    )
    var zone: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The share to be answered in time: 0.8 or 80%.", valueName: "share"))
    var target: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Within what time: 300s. The service level is counted with it.", valueName: "time"))
    var within: String

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How long people wait before they hang up, on average: 10m.", valueName: "time"))
    var patience: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Say what so many advisers give, instead of how many are needed.", valueName: "number"))
    var agents: String?

    @Option(name: .long, help: ArgumentHelp("Which service level the target means.", valueName: "formula"))
    var formula: ServiceLevelFormula = .offered

    @OptionGroup var more: StaffDetails

    @Flag(name: .long, help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        guard forecast == nil else {
            guard calls == nil, per == nil, agents == nil else {
                throw ValidationError(
                    "With --forecast the table says who comes and when: leave out --calls, --per and --agents.")
            }
            _ = try PlanWords.zone(zone)
            _ = try question(calls: 0, per: .minutes(15), handling: try handling() ?? .minutes(1))
            return
        }
        guard output == nil, zone == nil else {
            throw ValidationError("--output and --zone are for the intervals of --forecast.")
        }
        _ = try single()
    }

    func run() async throws {
        let command = self
        try await PlanCommand.run(writing: [output].compactMap(\.self)) {
            if let forecast = command.forecast { return try command.staff(forecast) }
            let summary = try command.single().answer()
            try command.json ? JSONOutput.print(summary) : summary.tell()
        }
    }

    private func staff(_ forecast: String) throws {
        let zone = try PlanWords.zone(zone), handling = try handling()
        let table = try StaffingTable(path: forecast, zone: zone).read()
        let course = try StaffingCourse(
            table, in: zone, by: formula, within: PlanWords.duration(within, of: "--within"), named: forecast
        ) { interval in
            guard let time = interval.handling ?? handling else {
                throw PlanFault(
                    "\(forecast): there is no handling_seconds at \(interval.text). Say how long, with --aht 240s.")
            }
            return try question(calls: interval.contacts, per: table.length, handling: time)
        }
        if let output { try course.write(to: output, inputs: [forecast]) }
        try json ? JSONOutput.print(course) : course.tell()
    }

    private func handling() throws -> Duration? { try aht.map { try PlanWords.duration($0, of: "--aht") } }

    private func single() throws -> StaffingQuestion {
        guard let calls, let per, let time = try handling() else {
            throw ValidationError(
                "Say who comes: --calls 100 --per 30m --aht 240s; or name a table of intervals, with --forecast.")
        }
        return try question(
            calls: PlanWords.count(calls, of: "--calls"), per: PlanWords.duration(per, of: "--per"), handling: time)
    }

    private func question(calls: Double, per: Duration, handling: Duration) throws -> StaffingQuestion {
        let within = try PlanWords.duration(within, of: "--within")
        var goals = try more.goals()
        if let target {
            goals.append(.serviceLevel(try PlanWords.share(target, of: "--target"), within: within, formula))
        }
        let concurrency = try more.chats()
        let most = StaffingQuestion.mostPlaces / concurrency.chats
        let agents = try agents.map { try PlanWords.whole($0, in: 0...most, of: "--agents") }
        guard agents != nil || !goals.isEmpty else {
            throw ValidationError(
                "Say what is promised, with --target 0.8; or how many advisers there are, with --agents.")
        }
        let patience = try patience.map { try PlanWords.duration($0, of: "--patience") }
        let retrying = try more.repeats()
        guard patience != nil || more.maxAbandonment == nil else {
            throw ValidationError(
                "Without --patience nobody hangs up, so --max-abandonment asks for nothing. Give --patience.")
        }
        guard patience != nil || retrying == nil else {
            throw ValidationError("Only who hangs up calls again: with --retrying give --patience.")
        }
        return try StaffingQuestion(
            calls: calls, per: per, handling: handling, within: within, goals: goals, formula: formula,
            agents: agents, patience: patience, concurrency: concurrency, retrying: retrying,
            shrinkage: more.lost())
    }
}

extension ServiceLevelFormula: ExpressibleByArgument {}

/// What else may be said of a queue and of what is promised there.
struct StaffDetails: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The share of paid time that is no time at the queue: 0.3.", valueName: "share"))
    var shrinkage: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How many chats an adviser has at once; 1 unless said.", valueName: "number"))
    var concurrency: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "By what share of its length each other chat lengthens one; 0 unless said.", valueName: "share"))
    var slowdown: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The share of those who hang up that calls again: 0.5.", valueName: "share"))
    var retrying: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Advisers are busy for no more than this share: 0.85.", valueName: "share"))
    var maxOccupancy: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("No more than this share hangs up: 0.05.", valueName: "share"))
    var maxAbandonment: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Who is answered waits no longer than this, on average: 60s.", valueName: "time"))
    var maxAsa: String?

    func goals() throws -> [StaffingGoal] {
        var goals: [StaffingGoal] = []
        if let maxOccupancy {
            goals.append(.occupancy(atMost: try PlanWords.share(maxOccupancy, of: "--max-occupancy")))
        }
        if let maxAbandonment {
            goals.append(.abandonment(atMost: try PlanWords.share(maxAbandonment, of: "--max-abandonment")))
        }
        if let maxAsa {
            goals.append(.averageSpeedOfAnswer(atMost: try PlanWords.duration(maxAsa, of: "--max-asa")))
        }
        return goals
    }

    func chats() throws -> Concurrency {
        let chats = try concurrency.map { try PlanWords.whole($0, in: 1...Concurrency.most, of: "--concurrency") } ?? 1
        guard slowdown == nil || chats > 1 else {
            throw ValidationError(
                "--slowdown is what chats beside each other cost: say how many, with --concurrency 3.")
        }
        let slowdown = try slowdown.map { try PlanWords.share($0, mayBeZero: true, of: "--slowdown") } ?? 0
        return try Concurrency(chats: chats, slowdown: slowdown)
    }

    func repeats() throws -> Double? {
        try retrying.map { try PlanWords.share($0, mayBeZero: true, of: "--retrying") }
    }

    func lost() throws -> Shrinkage? {
        try shrinkage.map { try Shrinkage(PlanWords.share($0, mayBeZero: true, of: "--shrinkage")) }
    }
}
