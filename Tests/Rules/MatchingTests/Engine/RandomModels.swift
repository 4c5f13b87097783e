import Values

@testable import Matching

/// Small models and records drawn by a seed: few values, so that much agrees, and much is missing.
struct RandomModels {
    private var chance: SeededChance
    static let columns = ["first", "last", "born", "town", "tags", "more"]
    private static let words = [
        "amina", "bram", "bramm", "Amina", "josé", "jose", "o'neil", "", "ö", "smith", "smyth", "\"q\"", "bra", "zoë",
    ]
    private static let dates = ["1990-01-02", "1990-01-12", "1990-02-01", "", "2001-12-31", "x"]

    init(seed: UInt64) {
        chance = SeededChance(seed: seed)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[chance.below(elements.count)] }
    mutating func isLikely(_ percent: Int) -> Bool { chance.below(100) < percent }
    mutating func share() -> Double { Double(chance.below(998) + 1) / 1000 }
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &chance) }

    mutating func records(sources: Int, most: Int) -> [PlainRecord] {
        let missing = chance.below(60)
        return (0..<chance.below(most + 1)).map { number in
            var values: [String: String] = [:]
            for column in Self.columns where !isLikely(missing) {
                values[column] =
                    switch column {
                    case "born": pick(Self.dates)
                    case "tags", "more": (0..<chance.below(4)).map { _ in pick(Self.words) }.joined(separator: "\u{1f}")
                    default: pick(Self.words)
                    }
            }
            // Names in no order, and the same in different sources.
            let source = chance.below(sources)
            return PlainRecord(name: "n\((number * 7919) % 101)", source: source, values: values)
        }
    }

    mutating func links(_ sources: [String]) -> LinkRule {
        switch chance.below(5) {
        case 0, 1: .dedupe
        case 2: .link
        case 3: .linkAndDedupe
        default:
            .only((0..<2).map { _ in LinkRule.SourcePair(pick(sources), pick(sources)) })
        }
    }

    mutating func model(sources: [String]) -> Model {
        var model = Model()
        model.frequencyCounting = .all
        model.links = links(sources)
        model.prior = share()
        model.comparisons = (0..<chance.below(4)).map { comparison($0) }
        model.blocking = (0..<chance.below(4) + 1).map { _ in rule() }
        return model
    }

    // MARK: Parts

    private mutating func column() -> Expression { .column(pick(["first", "last", "town", "born"])) }

    private mutating func expression() -> Expression {
        switch chance.below(12) {
        case 0: .lowercased(column())
        case 1: .substring(column(), from: chance.below(2) + 1, count: isLikely(30) ? nil : chance.below(3) + 1)
        case 2: .nullIf(column(), pick(["", "bram", "1990-01-02"]))
        case 3: .joined([column(), .text("-"), column()])
        case 4: .firstOf([column(), column()])
        default: column()
        }
    }

    private mutating func operands(_ isCrossed: Bool) -> (Operand, Operand) {
        let one = expression()
        return (Operand(.left, one), Operand(.right, isCrossed ? expression() : one))
    }

    private mutating func condition(_ depth: Int = 0) -> Condition {
        let (one, other) = operands(isLikely(15))
        switch chance.below(depth > 1 ? 6 : 10) {
        case 0, 1: return isLikely(50) ? .equal(one, other) : .equal(other, one)
        case 2: return .isMissing(isLikely(50) ? one : other)
        case 3: return .measured(.levenshtein, one, other, Bound(pick([.atMost, .below]), Double(chance.below(4))))
        case 4: return .measured(pick([.jaroWinkler, .jaro, .jaccard]), one, other, Bound(.atLeast, share()))
        case 5:
            let format = Measure.days(format: "%Y-%m-%d")
            return .measured(format, .left("born"), .right("born"), Bound(.atMost, Double(chance.below(40))))
        case 6: return .not(condition(depth + 1))
        case 7: return .any((0..<2).map { _ in condition(depth + 1) })
        default: return .all((0..<chance.below(3) + 1).map { _ in condition(depth + 1) })
        }
    }

    private mutating func comparison(_ number: Int) -> Comparison {
        let column = pick(["first", "last", "town", "born"])
        var levels: [Level] = []
        if isLikely(70) {
            let missing = Condition.any([.isMissing(.left(column)), .isMissing(.right(column))])
            levels.append(Level(isLikely(80) ? missing : condition(), label: "missing", isNull: true))
        }
        if isLikely(70) {
            var exact = Level(.equal(.left(column), .right(column)), label: "exact", m: share(), u: share())
            if isLikely(50) {
                exact.frequency = FrequencyAdjustment(column: column, weight: isLikely(50) ? 1 : share())
            }
            if isLikely(30) { exact.frequency?.leastU = share() }
            levels.append(exact)
            for _ in 0..<chance.below(3) {
                let bound = Bound(.atMost, Double(chance.below(4)))
                var level = Level(.measured(.levenshtein, .left(column), .right(column), bound), label: "near")
                (level.m, level.u) = (share(), share())
                if isLikely(20) { level.frequency = FrequencyAdjustment(column: column, usesOwnU: isLikely(50)) }
                levels.append(level)
            }
        }
        for _ in 0..<chance.below(3) { levels.append(Level(condition(), label: "some", m: share(), u: share())) }
        levels.append(Level(.otherwise, label: "else", m: share(), u: share()))
        return Comparison(name: "c\(number)", levels: levels)
    }

    private mutating func rule() -> BlockingRule {
        switch chance.below(12) {
        case 0:
            return BlockingRule(
                .neighbours(by: (0..<chance.below(2) + 1).map { _ in expression() }, within: chance.below(4) + 1))
        case 1:
            return BlockingRule(.similar(expression(), grams: 2, bands: chance.below(3) + 1, rows: chance.below(2) + 1))
        case 2, 3: return exploding()
        default:
            let pairs = (0..<chance.below(2) + 1).map { _ in
                let one = expression()
                return BlockingRule.KeyPair(one, isLikely(25) ? expression() : one)
            }
            return BlockingRule(.equal(pairs, also: isLikely(30) ? condition() : nil))
        }
    }

    private mutating func exploding() -> BlockingRule {
        var pairs: [BlockingRule.KeyPair]
        var explodes = ["tags"]
        switch chance.below(5) {
        case 0: pairs = [BlockingRule.KeyPair(.column("tags"))]
        case 1: pairs = [BlockingRule.KeyPair(.substring(.column("tags"), from: 1, count: 2))]
        case 2:
            pairs = [BlockingRule.KeyPair(.column("tags")), BlockingRule.KeyPair(.column("more"))]
            explodes = ["tags", "more"]
        case 3:
            pairs = [BlockingRule.KeyPair(.column("tags"), .column("more"))]
            explodes = ["tags", "more"]
        default: pairs = [BlockingRule.KeyPair(.column("tags"), .column("first"))]
        }
        if isLikely(40) { pairs.append(BlockingRule.KeyPair(column())) }
        var rule = BlockingRule(.equal(pairs, also: isLikely(20) ? .not(.isMissing(.left("first"))) : nil))
        rule.explodes = explodes
        return rule
    }
}
