extension Layout {
    /// The layout of everything that a model reads.
    init(for model: Model) throws(ModelFault) {
        var reader = ExpressionReader()
        for comparison in model.comparisons {
            for level in comparison.levels {
                reader.read(level.condition)
                for column in level.frequency.map({ [$0.column] + $0.also }) ?? [] { reader.read(.column(column)) }
            }
        }
        for rule in model.blocking + model.training.deterministic + model.training.runs { reader.read(rule) }
        try self.init(reader.expressions, equal: reader.equal)
    }
}

/// Collects the expressions of a model, and which of them are held equal to each other.
struct ExpressionReader {
    private(set) var expressions: [Expression] = []
    private(set) var equal: [[Expression]] = []

    mutating func read(_ expression: Expression) {
        expressions.append(expression)
    }

    mutating func read(_ condition: Condition) {
        switch condition {
        case .otherwise: break
        case .all(let parts), .any(let parts): for part in parts { read(part) }
        case .not(let part): read(part)
        case .isMissing(let operand): read(operand.expression)
        case .equal(let one, let other):
            read(one.expression)
            read(other.expression)
            equal.append([one.expression, other.expression])
        case .measured(_, let one, let other, _):
            read(one.expression)
            read(other.expression)
        }
    }

    mutating func read(_ rule: BlockingRule) {
        switch rule.kind {
        case .equal(let pairs, let also):
            for pair in pairs {
                read(pair.left)
                read(pair.right)
                equal.append([pair.left, pair.right])
            }
            if let also { read(also) }
        case .neighbours(let expressions, _): for expression in expressions { read(expression) }
        case .similar(let expression, _, _, _): read(expression)
        }
    }
}
