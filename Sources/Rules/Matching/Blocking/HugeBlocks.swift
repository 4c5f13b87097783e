extension Sweep {
    /// Refuses a rule with a block of more pairs than anyone can want, before anything is scored.
    ///
    /// Takes a walk over the keys of each rule, and a second one only where many rows share a few bits of their hashes.
    func refuseHugeBlocks() throws(ModelFault) {
        // The pairs that no rule brings share nothing, and are few.
        for rule in rules.rules where rule.window == nil && !(rule.keys.isEmpty && rule.exploded.isEmpty) {
            let worst = hugeBlocks(of: rule).max { ($0.block.pairs, $1.hash) < ($1.block.pairs, $0.hash) }
            if let worst { throw fault(rule, worst.block) }
        }
        if let most = limits.pairs { try refuse(moreThan: most) }
    }

    private func fault(_ rule: Rules.Rule, _ block: BlockingReport.Block) -> ModelFault {
        let values = block.key.map { "\"\($0)\"" }.joined(separator: ", ")
        return ModelFault(
            at: "blocking rule \(rule.number + 1)",
            """
            \(block.records) records share \(values), which makes \(block.pairs) pairs, more than \
            \(limits.pairsOfBlock). Add an equality to the rule, have that value read as missing, \
            \(limits.hugeBlocks == .refuse ? "have such blocks split, " : "")or raise the limit.
            """)
    }

    /// The blocks with more pairs than allowed, and the hashes of their keys.
    func hugeBlocks(of rule: Rules.Rule) -> [(hash: UInt64, block: BlockingReport.Block)] {
        let least = Int((2 * Double(limits.pairsOfBlock)).squareRoot())
        guard records.count > least / 2 else { return [] }
        let readers = (rule.hasSameKeys ? [false] : [false, true]).map { KeyReader(rule, areRight: $0, rules, records) }
        var counters = [UInt32](repeating: 0, count: 1 << 16)
        counters.withUnsafeMutableBufferPointer { counters in
            for reader in readers { reader.each { hash, _ in counters[Int(hash >> 48)] += 1 } }
        }
        guard counters.contains(where: { $0 >= least }) else { return [] }
        var found: [UInt64: Sides] = [:]
        counters.withUnsafeBufferPointer { counters in
            for (side, reader) in readers.enumerated() {
                reader.each { hash, row in
                    guard counters[Int(hash >> 48)] >= least else { return }
                    let source = sources.source(of: Int(row))
                    found[hash, default: Sides(row: row, hash: hash, isRight: side == 1, sources.count)].add(
                        source, side)
                }
            }
        }
        return found.values.compactMap { sides in
            let pairs = sides.pairs(sources, isOneSided: rule.hasSameKeys)
            guard pairs > limits.pairsOfBlock else { return nil }
            let key = keyTexts(of: rule, row: Int(sides.row), areRight: sides.isRight) { $0 == sides.hash }
            return (sides.hash, BlockingReport.Block(key: key, records: sides.records, pairs: pairs))
        }
    }

    /// The values of a row's key; where arrays give it several, of the first whose hash is meant.
    func keyTexts(of rule: Rules.Rule, row: Int, areRight: Bool, _ isMeant: (UInt64) -> Bool) -> [String] {
        var start = KeyHash()
        var texts: [String] = (areRight ? rule.fieldsOfRight : rule.fieldsOfLeft).map { number in
            let field = rules.fields[number]
            let code = rules.code(row, number, of: records)
            start.add(code)
            // A group of letter groups has no text: that of one of its records stands for it.
            if let map = field.map, map >= records.maps.count { return "like \(records.text(row, slot: field.slot))" }
            return records.vocabularies[field.domain].string(code) ?? ""
        }
        texts += elementTexts(of: rule, row: row, areRight: areRight, start, isMeant) ?? []
        return texts
    }

    /// The elements that, after the other parts of the key, give a hash that is meant.
    private func elementTexts(
        of rule: Rules.Rule, row: Int, areRight: Bool, _ start: KeyHash,
        _ isMeant: (UInt64) -> Bool, from number: Int = 0
    ) -> [String]? {
        guard number < rule.exploded.count else { return isMeant(start.value) ? [] : nil }
        let key = rule.exploded[number]
        let elements = areRight ? key.right : key.left
        for element in elements[records.codes[row * records.layout.columns.count + elements.slot]] {
            var longer = start
            longer.add(element)
            if let rest = elementTexts(of: rule, row: row, areRight: areRight, longer, isMeant, from: number + 1) {
                return [key.text(of: element)] + rest
            }
        }
        return nil
    }

    private func refuse(moreThan most: Int) throws(ModelFault) {
        var counts: [Int: Int] = [:]
        for rule in rules.rules {
            let shares = rule.window == nil ? limits.shares(of: rule, rows: records.count) : 1
            for share in 0..<shares {
                let blocks = Blocks(rule, of: rules, in: records, share: KeyShare(number: share, count: shares))
                counts[rule.number, default: 0] += blocks.units(of: limits.pairsOfPortion).reduce(0) { $0 + $1.pairs }
            }
        }
        let total = counts.values.reduce(0, +)
        guard total > most, let worst = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return }
        throw ModelFault(
            at: "blocking",
            """
            The rules bring together up to \(total) pairs, more than \(most); rule \(worst.key + 1) alone \
            \(worst.value). Make that rule stricter, or raise the limit.
            """)
    }
}

extension Records {
    /// What a row's column says as it was read; empty when it says nothing.
    fileprivate func text(_ row: Int, slot: Int) -> String {
        let code = codes[row * layout.columns.count + slot]
        return vocabularies[layout.columns[slot].domain].string(code) ?? ""
    }
}

/// How many records of each source have a key, as left and as right ones.
private struct Sides {
    let row: UInt32
    let hash: UInt64
    let isRight: Bool
    private var lefts: [Int]
    private var rights: [Int]

    init(row: UInt32, hash: UInt64, isRight: Bool, _ sources: Int) {
        (self.row, self.hash, self.isRight) = (row, hash, isRight)
        lefts = Array(repeating: 0, count: sources)
        rights = lefts
    }

    mutating func add(_ source: Int, _ side: Int) {
        if side == 0 { lefts[source] += 1 } else { rights[source] += 1 }
    }

    var records: Int { lefts.reduce(0, +) + rights.reduce(0, +) }

    func pairs(_ sources: SourcePairs, isOneSided: Bool) -> Int {
        isOneSided ? sources.pairs(of: lefts) : lefts.reduce(0, +) * rights.reduce(0, +)
    }
}
