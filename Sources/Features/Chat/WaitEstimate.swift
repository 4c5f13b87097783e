import Values

/// How long a wait may be, in whole seconds; written as null when nobody can say.
struct WaitEstimate: Encodable, Sendable {
    let seconds: Int?

    init(_ wait: Duration?) {
        seconds = wait.map { Int($0.inSeconds.rounded()) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let seconds { try container.encode(seconds) } else { try container.encodeNil() }
    }
}
