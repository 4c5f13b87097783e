public import Values

/// A model, or what it is asked to do, that makes no sense: what, where and why.
public struct ModelFault: Refusal, Hashable {
    /// Where it stands: the file, and the place in it, such as `people.json: comparisons[2].comparison_levels[1]`.
    public var place: String
    /// What is wrong there and what to do, as a sentence.
    public var reason: String

    public init(at place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    public var sentence: String { "\(place): \(reason)" }

    /// The same fault, seen from further out.
    public func inside(_ outer: String) -> Self {
        Self(at: place.isEmpty ? outer : "\(outer): \(place)", reason)
    }
}
