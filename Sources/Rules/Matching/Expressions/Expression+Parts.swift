extension Expression {
    /// What it is made of, without what that is made of.
    var parts: [Expression] {
        switch self {
        case .column, .text: []
        case .substring(let part, _, _), .extract(let part, _, _), .lowercased(let part), .uppercased(let part),
            .trimmed(let part), .replaced(let part, _, _), .nullIf(let part, _), .soundex(let part),
            .doubleMetaphone(let part), .element(let part, _), .date(let part, _):
            [part]
        case .joined(let parts), .firstOf(let parts): parts
        }
    }
}
