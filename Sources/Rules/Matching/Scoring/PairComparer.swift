/// Compares two records at a time, made ready once: for questions that come one by one.
///
/// What a pair weighs is what linking all records gives it. One comparer belongs to one task at a time; any number may be
/// made of one linker. It holds its own tables, a few kilobytes, and nothing of the records.
public struct PairComparer: ~Copyable {
    private let linker: Linker
    private let rules: Rules
    private let lender: Lender
    private let strangers: Strangers
    private var bench: Workbench

    /// Makes a linker's model ready for single pairs.
    public init(_ linker: Linker) throws(ModelFault) {
        self.linker = linker
        // Which rule brings a pair matters only where each has weights of its own.
        rules = try linker.weighingRules()
        lender = Lender(linker.records, rules, linker.scorer)
        strangers = Strangers(linker.records, rules, most: 2)
        bench = Workbench(linker.scorer, rules, lent: .nothing, strangers: strangers)
    }

    /// Log2 of the odds that two of the records are the same, by their rows.
    public mutating func weight(of left: Int, and right: Int) -> Double {
        precondition(left != right, "A record is not compared with itself.")
        let isInOrder = linker.stands(left, before: right)
        return weight(
            rows: UInt32(isInOrder ? left : right), UInt32(isInOrder ? right : left), areStrangers: false)
    }

    /// The same for two records that need not be among those of the linker, by their values by column; what is missing is
    /// left out. Frequencies are those of the linker's records; a value that none of them has gets no adjustment.
    public mutating func weight(of left: [String: String], and right: [String: String]) -> Double {
        strangers.begin(left)
        strangers.take(1, right)
        return weight(rows: Stranger.firstRow, Stranger.firstRow + 1, areStrangers: true)
    }

    /// The number of the level that a comparison, by its number in the model, had in the last pair.
    public func level(of comparison: Int) -> Int { Int(bench.levels[comparison]) }

    private mutating func weight(rows left: UInt32, _ right: UInt32, areStrangers: Bool) -> Double {
        lender.lend { lent in
            bench.borrow(lent)
            if areStrangers { strangers.borrow(lent) }
            bench.begin(2)
            bench.set(0, row: left)
            bench.set(1, row: right)
            bench.gather()
            let rule = rules.firstRule(on: &bench, areStrangers ? strangers : nil)
            bench.enter(stratum: rule ?? linker.model.blocking.count)
            return bench.weight(0, 1, atLeast: -.infinity)
        }
    }
}

extension Rules {
    /// The number of the first rule of the model that brings together the two records on the bench, which may be
    /// strangers; nil when none does. Strangers have no neighbours.
    func firstRule(on bench: inout Workbench, _ strangers: Strangers?) -> Int? {
        for number in rules.indices where strangers == nil || rules[number].window == nil {
            guard bench.isPaired(by: number, 0, 1) else { continue }
            if rules[number].exploded.allSatisfy({ shares($0, on: &bench, strangers) }) { return rules[number].number }
        }
        return nil
    }

    /// Whether two records have an element in common.
    private func shares(_ key: ExplodedKey, on bench: inout Workbench, _ strangers: Strangers?) -> Bool {
        guard let strangers else {
            return key.common(bench.rawCode(key.left.slot, 0), bench.rawCode(key.right.slot, 1)) != nil
        }
        let lefts = strangers.bytes(0, key.left.slot).map { key.codes(of: $0, areRight: false) } ?? []
        let rights = strangers.bytes(1, key.right.slot).map { key.codes(of: $0, areRight: true) } ?? []
        return !Set(lefts).isDisjoint(with: rights)
    }
}
