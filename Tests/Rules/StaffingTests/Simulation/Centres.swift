import Routing
import Staffing
import Values

// The centres of the examples.
extension Scenario {
    /// One queue, one team, around the clock: what Erlang's formulas are about. The first hours are not counted,
    /// nor is the last: whoever waits when all go home is not served.
    static func erlang(
        calls perHour: Double, handling seconds: Double, advisers: Int, patience: Times = .never, target: Double,
        hours: Int64 = 8, unmeasured: Int64 = 1
    ) -> Scenario {
        let open = Duration.zero..<Duration.hours(hours)
        let queue = PlannedQueue(
            name: "Taxes", open: open, arrivals: [ArrivalStretch(open, expected: perHour * Double(hours))],
            handling: .exponential(mean: .seconds(seconds)), patience: patience, target: .seconds(target))
        return Scenario(
            name: "Erlang", queues: [queue],
            teams: [PlannedTeam(name: "Advisers", shifts: [Shift(open, advisers: advisers)])],
            interval: .hours(1), measured: .hours(unmeasured)..<(.hours(hours - 1)))
    }

    /// A small day with a bit of everything: breaks, chats side by side, callbacks, retrials, home lines, refusals.
    static let everything: Scenario = {
        let open = Duration.hours(9)..<Duration.hours(12)
        let hour = Duration.hours(1)
        var calls = PlannedQueue(
            name: "Calls", open: open,
            arrivals: (0..<3).map {
                ArrivalStretch(open.lowerBound + hour * $0..<open.lowerBound + hour * ($0 + 1), expected: 120)
            },
            handling: .lognormal(mean: .minutes(6), variation: 0.9), patience: .exponential(mean: .minutes(8)),
            target: .minutes(2), needs: ["taxes": 2])
        calls.wrapUp = .exponential(mean: .seconds(40))
        calls.wrapUpLimit = .minutes(2)
        calls.overflow = [PlannedOverflow(after: .minutes(3), needs: ["taxes": 1])]
        calls.longest = 40
        calls.retrials = Retrials(share: 0.5, after: .exponential(mean: .minutes(10)), most: 4)
        calls.callbacks = CallbackOffer(after: .minutes(4), accepted: 0.4, reached: 0.7)
        var chats = PlannedQueue(
            name: "Chats", channel: .chat, open: open, arrivals: [ArrivalStretch(open, expected: 150)],
            handling: .weibull(mean: .minutes(9), shape: 1.5),
            patience: .measured([
                .init(share: 0, time: .zero), .init(share: 0.5, time: .minutes(4)), .init(share: 1, time: .hours(1)),
            ]),
            target: .minutes(1), needs: ["taxes": 1])
        chats.dayVariation = 0.2
        let pauses = [
            Break(at: .hours(10), length: .minutes(10), isPaid: true),
            Break(at: .hours(11), length: .minutes(15), isPaid: false),
        ]
        let home = PlannedTeam(
            name: "Home",
            shifts: [Shift(open, advisers: 10, breaks: pauses), Shift(.hours(10)..<(.hours(12)), advisers: 4)],
            skills: ["taxes": 2], spread: 0.2, place: .home,
            line: HomeLine(dropsEvery: .minutes(90), backAfter: .exponential(mean: .minutes(2))),
            answering: .exponential(mean: .seconds(4)), missed: 0.03, refused: 0.03)
        let office = PlannedTeam(
            name: "Office", shifts: [Shift(open, advisers: 8, breaks: pauses)], skills: ["taxes": 1],
            capacity: .init(limits: [.chat: 3, .call: 1, .callback: 1]), slowdown: 0.3)
        return Scenario(name: "Everything", queues: [calls, chats], teams: [home, office], dayVariation: 0.1)
    }()
}

extension Estimate {
    /// Whether the interval holds this.
    func holds(_ truth: Double) -> Bool {
        guard let low, let high else { return false }
        return low <= truth && truth <= high
    }
}
