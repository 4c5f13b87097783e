extension Expression {
    /// The columns this is made of, each once, in the order in which they are met.
    public var columns: [String] {
        var names: [String] = []
        collectColumns(into: &names)
        return names
    }

    private func collectColumns(into names: inout [String]) {
        switch self {
        case .column(let name): if !names.contains(name) { names.append(name) }
        default: for part in parts { part.collectColumns(into: &names) }
        }
    }

    var hasColumn: Bool { !columns.isEmpty }
}

extension Condition {
    /// The columns this looks at, of either record, in the order in which they are met.
    public var columns: [String] {
        switch self {
        case .otherwise: []
        case .all(let parts), .any(let parts): parts.flatMap(\.columns)
        case .not(let inner): inner.columns
        case .isMissing(let operand): operand.expression.columns
        case .equal(let one, let other), .measured(_, let one, let other, _):
            one.expression.columns + other.expression.columns
        }
    }
}

extension BlockingRule {
    /// The columns this looks at, in the order in which they are met.
    public var columns: [String] {
        switch kind {
        case .equal(let keys, let also):
            keys.flatMap { $0.left.columns + $0.right.columns } + (also?.columns ?? []) + explodes
        case .neighbours(let by, _): by.flatMap(\.columns) + explodes
        case .similar(let value, _, _, _): value.columns + explodes
        }
    }
}

/// A column that a model reads, and what for.
public struct ModelColumn: Hashable, Sendable {
    public enum Role: Hashable, Sendable, CaseIterable {
        /// A level of a comparison looks at it.
        case compared
        /// A rule brings pairs together by it.
        case blocked
        /// How often its values occur matters.
        case frequency
        /// A rule of the training looks at it.
        case trained
    }

    /// The model's name of it; a source may call it otherwise.
    public var name: String
    public var roles: Set<Role>
}

extension Model {
    /// Every column the model reads but those that name records and sources, in the order in which they are met.
    public var columns: [ModelColumn] {
        var columns: [ModelColumn] = []
        var places: [String: Int] = [:]
        func add(_ names: [String], _ role: ModelColumn.Role) {
            for name in names {
                if let place = places[name] {
                    columns[place].roles.insert(role)
                } else {
                    places[name] = columns.count
                    columns.append(ModelColumn(name: name, roles: [role]))
                }
            }
        }
        for level in comparisons.flatMap(\.levels) {
            add(level.condition.columns, .compared)
            add(level.frequency.map { [$0.column] + $0.also } ?? [], .frequency)
        }
        blocking.forEach { add($0.columns, .blocked) }
        (training.deterministic + training.runs).forEach { add($0.columns, .trained) }
        return columns
    }
}
