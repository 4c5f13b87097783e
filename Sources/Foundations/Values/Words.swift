/// How a customer's demand reaches the body.
public enum Channel: String, CaseIterable, Codable, Sendable {
    case chat, call, callback
}

/// Where a person works at the moment.
public enum Place: String, CaseIterable, Codable, Sendable {
    case home, office, touchdown
}

/// Something a person can do, at a level: Self Assessment, Welsh …
public enum Skill {
    public typealias ID = Identifier<Skill>

    /// The levels a skill is held at or asked for: 1 just trained, 5 teaches others.
    public static let levels = 1...5
}
