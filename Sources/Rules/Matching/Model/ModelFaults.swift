public import Values

/// Everything that is wrong with a model file, as far as one reading can tell; never empty.
public struct ModelFaults: Refusal, Hashable {
    /// In the order of the file, at most ``most``.
    public var faults: [ModelFault]

    /// More faults than anyone reads at once are not gathered.
    public static let most = 20

    public init(_ faults: [ModelFault]) {
        self.faults = faults
    }

    public var sentence: String { faults.map(\.sentence).joined(separator: "\n") }
}
