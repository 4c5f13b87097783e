/// Conditions in a form that runs fast: trees laid out in one row of nodes, each before its parts.
struct Program: Sendable {
    private(set) var nodes: [Node] = []
    private(set) var comparators: [Comparator] = []
    private var measures: [Measured: Int32] = [:]

    private struct Measured: Hashable {
        let measure: Measure
        let left, right: Int32
        let leftIsRight, rightIsRight: Bool
    }

    struct Node: Sendable {
        enum Kind: UInt8 {
            case always, all, any, not, missing, equal, measured
        }

        let kind: Kind
        /// Fields, and whether each is of the pair's right record.
        var left: Int32 = 0
        var right: Int32 = 0
        var leftIsRight = false
        var rightIsRight = true
        /// What is measured of which fields: the same number is the same value.
        var measure: Int32 = 0
        var bound = Bound(.atLeast, 0)
        /// The node after this one's parts.
        var end: Int32 = 0
    }

    /// Adds a condition and says where it begins.
    mutating func add(_ condition: Condition, in layout: Layout, _ weights: (Expression) -> WordWeights?) -> Int32 {
        let start = nodes.count
        switch condition {
        case .otherwise: nodes.append(Node(kind: .always))
        case .all(let parts): add(.all, parts, in: layout, weights)
        case .any(let parts): add(.any, parts, in: layout, weights)
        case .not(let part): add(.not, [part], in: layout, weights)
        case .isMissing(let operand):
            nodes.append(
                Node(
                    kind: .missing, left: Int32(layout.field(operand.expression)), leftIsRight: operand.side == .right))
        case .equal(let one, let other): nodes.append(node(.equal, one, other, in: layout))
        case .measured(let measure, let one, let other, let bound):
            var node = node(.measured, one, other, in: layout)
            node.bound = bound
            node.measure = number(of: measure, node, weights(one.expression))
            nodes.append(node)
        }
        nodes[start].end = Int32(nodes.count)
        return Int32(start)
    }

    private mutating func add(
        _ kind: Node.Kind, _ parts: [Condition], in layout: Layout, _ weights: (Expression) -> WordWeights?
    ) {
        nodes.append(Node(kind: kind))
        for part in parts { _ = add(part, in: layout, weights) }
    }

    private func node(_ kind: Node.Kind, _ one: Operand, _ other: Operand, in layout: Layout) -> Node {
        Node(
            kind: kind, left: Int32(layout.field(one.expression)), right: Int32(layout.field(other.expression)),
            leftIsRight: one.side == .right, rightIsRight: other.side == .right)
    }

    private mutating func number(of measure: Measure, _ node: Node, _ words: WordWeights?) -> Int32 {
        let measured = Measured(
            measure: measure, left: node.left, right: node.right, leftIsRight: node.leftIsRight,
            rightIsRight: node.rightIsRight)
        if let known = measures[measured] { return known }
        measures[measured] = Int32(comparators.count)
        comparators.append(Comparator(measure, wordWeights: words))
        return Int32(comparators.count - 1)
    }
}

extension Condition {
    /// Whether it can be decided by codes alone.
    var isCheap: Bool {
        switch self {
        case .otherwise, .isMissing, .equal: true
        case .all(let parts), .any(let parts): parts.allSatisfy(\.isCheap)
        case .not(let part): part.isCheap
        case .measured: false
        }
    }

    /// The expression of which it says that the left or the right one is missing, and nothing else.
    var missingOnEitherSide: Expression? {
        guard case .any(let parts) = self, parts.count == 2, case .isMissing(let one) = parts[0],
            case .isMissing(let other) = parts[1], one.expression == other.expression, one.side != other.side
        else { return nil }
        return one.expression
    }

    /// The expression which it holds equal on both sides, and nothing else.
    var equalOnBothSides: Expression? {
        guard case .equal(let one, let other) = self, one.expression == other.expression, one.side != other.side
        else { return nil }
        return one.expression
    }

    /// The same with left and right exchanged.
    var mirrored: Condition {
        switch self {
        case .otherwise: self
        case .all(let parts): .all(parts.map(\.mirrored))
        case .any(let parts): .any(parts.map(\.mirrored))
        case .not(let part): .not(part.mirrored)
        case .isMissing(let operand): .isMissing(operand.mirrored)
        case .equal(let one, let other): .equal(one.mirrored, other.mirrored)
        case .measured(let measure, let one, let other, let bound):
            .measured(measure, one.mirrored, other.mirrored, bound)
        }
    }

    /// Whether it says the same of a pair whichever record is the left one.
    var isSymmetric: Bool { mirrored.inOrder == inOrder }

    /// The same with parts and operands in an order of their own, so that equal meanings look equal.
    private var inOrder: Condition {
        func sorted(_ parts: [Condition]) -> [Condition] {
            parts.map(\.inOrder).sorted { "\($0)" < "\($1)" }
        }
        return switch self {
        case .otherwise, .isMissing: self
        case .all(let parts): .all(sorted(parts))
        case .any(let parts): .any(sorted(parts))
        case .not(let part): .not(part.inOrder)
        case .equal(let one, let other): one.isBefore(other) ? self : .equal(other, one)
        case .measured(let measure, let one, let other, let bound):
            one.isBefore(other) ? self : .measured(measure, other, one, bound)
        }
    }
}

extension Operand {
    var mirrored: Operand { Operand(side == .left ? .right : .left, expression) }

    fileprivate func isBefore(_ other: Operand) -> Bool {
        "\(side)\(expression)" < "\(other.side)\(other.expression)"
    }
}
