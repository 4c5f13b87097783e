/// What a YAML text says at one place, and in which line.
package struct YAMLNode: Sendable {
    package enum Kind: Sendable {
        /// `isPlain` without quotes: only then may a text be more than text, such as a number.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        /// Keys are unique: a second one is refused.
        case table([(key: String, node: YAMLNode)])
    }

    /// From 1.
    package let line: Int
    package let kind: Kind

    /// Whether it is left empty, `~` or `null`.
    package var isNothing: Bool {
        if case .scalar(let text, isPlain: true) = kind { ["", "~", "null"].contains(text) } else { false }
    }

    /// For a sentence such as "this is a list".
    package var what: String {
        switch kind {
        case .scalar: isNothing ? "nothing" : "a single value"
        case .list: "a list"
        case .table: "a table of keys"
        }
    }
}

/// How far a text may go before it is refused.
package struct YAMLLimits: Sendable {
    /// Lists and tables in each other.
    package var depth: Int
    /// Scalars, lists and tables together; what is referred to counts every time.
    package var nodes: Int

    package init(depth: Int, nodes: Int) {
        self.depth = depth
        self.nodes = nodes
    }
}

/// Why a text is not read.
package struct YAMLFault: Error, Equatable, Sendable {
    /// From 1; nil for the text as a whole.
    package var line: Int?
    /// From 1, where the parser says so.
    package var column: Int?
    /// In small letters, ended by a full stop: `the key "a" is there twice.`
    package var reason: String

    package init(line: Int? = nil, column: Int? = nil, _ reason: String) {
        self.line = line
        self.column = column
        self.reason = reason
    }
}
