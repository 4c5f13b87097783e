/// What a model file says at one place, whether it is JSON or YAML.
indirect enum FileValue: Equatable {
    case nothing
    case truth(Bool)
    /// The number, and how it was written, so that it can be written again to the last digit.
    case number(Double, String)
    case text(String)
    case list([FileValue])
    /// Keys are unique: both readers refuse a second one.
    case table([Entry])

    struct Entry: Equatable {
        var key: String
        var value: FileValue
    }

    static func number(_ value: Double) -> Self { .number(value, "\(value)") }
    static func number(_ value: Int) -> Self { .number(Double(value), "\(value)") }

    /// What this is, for a sentence such as "a list was given".
    var kind: String {
        switch self {
        case .nothing: "nothing"
        case .truth: "true or false"
        case .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .table: "a table of keys"
        }
    }

    subscript(key: String) -> FileValue? {
        guard case .table(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }
}

/// How far a model file may go before it is refused; far beyond any real one, far below what harms.
enum FileLimit {
    static let bytes = 16 << 20
    static let depth = 48
    static let values = 200_000
    static let comparisons = 1000
    static let levels = 1000
    static let rules = 10_000
}
