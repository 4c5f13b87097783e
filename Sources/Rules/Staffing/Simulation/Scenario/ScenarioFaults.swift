public import Values

/// What is wrong with a scenario, all of it: a refusal.
public struct ScenarioFaults: Refusal, Hashable {
    public let faults: [ScenarioFault]

    public init(_ faults: [ScenarioFault]) {
        self.faults = faults
    }

    public var sentence: String {
        let shown = faults.prefix(Self.most).map(\.sentence)
        let rest = faults.count - shown.count
        return (shown + (rest > 0 ? ["And \(rest) more."] : [])).joined(separator: "\n")
    }

    /// How many are told at once.
    static let most = 20
}

/// One thing that is wrong with a scenario.
public struct ScenarioFault: Error, Hashable {
    /// Where: a path such as `queues[0].handling`, after the file if there is one.
    public var place: String
    /// What is wrong and what to do.
    public let reason: String

    public init(at place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    public var sentence: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
