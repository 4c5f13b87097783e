/// A scorer's tables in memory of their own, which the workbench gives back.
struct Tables {
    let nodes: UnsafeMutablePointer<Program.Node>
    let comparators: UnsafeMutablePointer<Comparator>
    private let comparatorCount: Int
    /// What each comparator measures: the usual ones are called without copying the comparator.
    let kinds: UnsafeMutablePointer<Comparator.Kind>
    /// For each level, the field that it holds equal on both sides and nothing else; -1 for any other condition.
    let equalFields: UnsafeMutablePointer<Int32>
    /// Whether more than one bound is asked of a measured value.
    let isShared: UnsafeMutablePointer<Bool>
    let compared: UnsafeMutablePointer<Scorer.Compared>
    let comparisonCount: Int
    let roots: UnsafeMutablePointer<Int32>
    /// The weights of each stratum, one after the other, and the most that a level or any after it can bring.
    let weights: UnsafeMutablePointer<Double>
    let bestFrom: UnsafeMutablePointer<Double>
    let priors: UnsafeMutablePointer<Double>
    let chances: UnsafeMutablePointer<Double>
    let stratumSize: Int
    let stratumCount: Int
    let hasParents: Bool
    let adjustments: UnsafeMutablePointer<Int32>
    let order: UnsafeMutablePointer<Int32>
    let frequencies: UnsafeMutablePointer<Adjustment>
    /// By field: the column, the map or -1, the vocabulary, and its place among those whose texts are read, or -1.
    let slots: UnsafeMutablePointer<Int32>
    let maps: UnsafeMutablePointer<Int32>
    let domains: UnsafeMutablePointer<Int32>
    let textPlaces: UnsafeMutablePointer<Int32>
    let fieldCount: Int
    let textCount: Int
    /// The fields that are gathered for every block.
    let eager: UnsafeMutablePointer<Int32>
    let eagerCount: Int

    struct Adjustment {
        let field: Int32
        let count: Int32
        let weight: Double
        let logU: Double
        let next: Int32
    }

    /// What rows of pairs can reach at most.
    let bounds: RowBounds
    /// The blocking rules, and their keys one after the other.
    let rules: UnsafeMutablePointer<Rule>
    private let ruleCount: Int
    let keys: UnsafeMutablePointer<Rules.Key>

    struct Rule {
        let keys: Range<Int>
        let also: Int32
        /// The number of the order in which neighbours meet, or -1.
        let order: Int
        let width: UInt32
        /// The hashes of keys that are its own alone, or not, and of how many keys they are; 0 where all are.
        let hashes: UnsafeMutableBufferPointer<UInt64>
        let gateKeys: Int
        let isInside: Bool
    }

    init(_ scorer: Scorer, _ ready: Rules) {
        let fields = ready.fields
        let program = ready.program
        nodes = Self.copied(program.nodes)
        comparators = Self.copied(program.comparators)
        comparatorCount = program.comparators.count
        kinds = Self.copied(program.comparators.map(\.kind))
        equalFields = Self.copied(
            scorer.roots.map { root in
                let node = program.nodes[Int(root)]
                let isPlain = node.kind == .equal && node.left == node.right && node.leftIsRight != node.rightIsRight
                return isPlain ? node.left : -1
            })
        var asked = [Int](repeating: 0, count: program.comparators.count)
        for node in program.nodes where node.kind == .measured { asked[Int(node.measure)] += 1 }
        isShared = Self.copied(asked.map { $0 > 1 })
        bounds = RowBounds(scorer, equalFields: equalFields)
        compared = Self.copied(scorer.comparisons)
        comparisonCount = scorer.comparisons.count
        roots = Self.copied(scorer.roots)
        weights = Self.copied(scorer.strata.weights)
        bestFrom = Self.copied(scorer.strata.bestFrom)
        priors = Self.copied(scorer.strata.priors)
        chances = Self.copied(scorer.strata.chances)
        stratumSize = scorer.strata.size
        stratumCount = scorer.strata.priors.count
        hasParents = scorer.comparisons.contains { $0.parent >= 0 }
        adjustments = Self.copied(scorer.adjustments)
        order = Self.copied(scorer.order)
        frequencies = Self.copied(
            scorer.frequencies.map {
                Adjustment(
                    field: Int32($0.field), count: Int32($0.logs.count), weight: $0.weight, logU: $0.logU, next: $0.next
                )
            })
        slots = Self.copied(fields.map { Int32($0.slot) })
        maps = Self.copied(fields.map { $0.map.map(Int32.init) ?? -1 })
        domains = Self.copied(fields.map { Int32($0.domain) })
        var places = [Int32](repeating: -1, count: fields.count)
        var next: Int32 = 0
        for node in program.nodes where node.kind == .measured {
            for field in [Int(node.left), Int(node.right)] where places[field] < 0 {
                places[field] = next
                next += 1
            }
        }
        textPlaces = Self.copied(places)
        textCount = Int(next)
        fieldCount = fields.count
        var always: Set<Int32> = []
        for compared in scorer.comparisons { always.formUnion([compared.nullField, compared.exactField]) }
        for key in ready.rules.flatMap(\.keys) { always.formUnion([Int32(key.left), Int32(key.right)]) }
        always.remove(-1)
        eager = Self.copied(always.sorted())
        eagerCount = always.count
        var allKeys: [Rules.Key] = []
        var rules: [Rule] = []
        for rule in ready.rules {
            let start = allKeys.count
            allKeys += rule.keys
            rules.append(
                Rule(
                    keys: start..<allKeys.count, also: rule.also, order: rule.window?.order ?? -1,
                    width: UInt32(rule.window?.width ?? 0),
                    hashes: UnsafeMutableBufferPointer(
                        start: Self.copied(rule.gate?.hashes ?? []), count: rule.gate?.hashes.count ?? 0),
                    gateKeys: rule.gate?.keys ?? 0, isInside: rule.gate?.isInside ?? false))
        }
        keys = Self.copied(allKeys)
        self.rules = Self.copied(rules)
        ruleCount = rules.count
    }

    private static func copied<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        for (place, element) in elements.enumerated() { (memory + place).initialize(to: element) }
        return memory
    }

    func deallocate() {
        comparators.deinitialize(count: comparatorCount)
        comparators.deallocate()
        kinds.deallocate()
        bounds.deallocate()
        equalFields.deallocate()
        nodes.deallocate()
        isShared.deallocate()
        compared.deallocate()
        roots.deallocate()
        weights.deallocate()
        adjustments.deallocate()
        bestFrom.deallocate()
        priors.deallocate()
        chances.deallocate()
        order.deallocate()
        frequencies.deallocate()
        slots.deallocate()
        maps.deallocate()
        domains.deallocate()
        textPlaces.deallocate()
        eager.deallocate()
        for number in 0..<ruleCount { rules[number].hashes.deallocate() }
        rules.deallocate()
        keys.deallocate()
    }
}
