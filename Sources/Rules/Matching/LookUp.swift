/// Finds the records that match one that is not among them, and compares single pairs.
///
/// Keeps the blocks of every rule, eight bytes per record and rule, and a table of every value, some twenty bytes each;
/// look-ups read only, so any number may run at a time.
public struct LookUp: Sendable {
    public let linker: Linker
    private let rules: Rules
    private let blocks: [Blocks]
    private let vocabularies: [Vocabulary]

    /// A record that was found.
    public struct Match: Equatable, Sendable {
        public let row: Int
        /// Log2 of the odds that it is the same.
        public let weight: Double
    }

    /// Makes ready for look-ups among a linker's records.
    public init(_ linker: Linker) throws(ModelFault) {
        self.linker = linker
        let ready = try Rules(linker.model.blocking, for: linker.records, program: linker.scorer.program)
        rules = ready
        vocabularies = linker.records.vocabularies.map { $0.opened() }
        blocks = ready.rules.map { Blocks($0, of: ready, in: linker.records) }
    }

    /// The records that the blocking rules bring together with this one and whose weight reaches the floor, best first.
    ///
    /// Rules about neighbours and shared letter groups do not take part. `values` are by column; what is missing is left
    /// out.
    public func matches(of values: [String: String], from floor: Double) -> [Match] {
        var strangers = Strangers(linker.records, rules, vocabularies)
        let stranger = strangers.stranger(values)
        defer { stranger.deallocate() }
        let rows = linker.comparesRest ? Array(0..<UInt32(linker.records.count)) : candidates(of: stranger)
        let found = linker.records.lend(rules, linker.scorer) { lent in
            var bench = Workbench(linker.scorer, rules, lent: lent, strangers: [stranger])
            bench.begin(rows.count + 1)
            for (place, row) in rows.enumerated() { bench.set(place + 1, row: row) }
            bench.set(0, row: Stranger.firstRow)
            bench.gather()
            var found: [Match] = []
            for place in 1..<rows.count + 1 {
                guard let stratum = stratum(of: place, on: &bench) else { continue }
                bench.enter(stratum: stratum)
                let weight = bench.weight(0, place, atLeast: floor)
                if weight >= floor { found.append(Match(row: Int(bench.row(place)), weight: weight)) }
            }
            return found
        }
        return found.sorted { ($1.weight, $0.row) < ($0.weight, $1.row) }
    }

    /// The first rule that brings the stranger together with the record at a place; nil when the two are not compared.
    private func stratum(of place: Int, on bench: inout Workbench) -> Int? {
        // Neighbours are found by their rows, and a stranger has none.
        for (number, rule) in rules.rules.enumerated() where rule.window == nil {
            if bench.isPaired(by: number, 0, place) || bench.isPaired(by: number, place, 0) { return rule.number }
        }
        return linker.comparesRest ? linker.model.blocking.count : nil
    }

    private func candidates(of stranger: Stranger) -> [UInt32] {
        var rows: Set<UInt32> = []
        for (rule, blocks) in zip(rules.rules, blocks) where rule.window == nil {
            let asLeft = rule.keys.map { stranger.codes[$0.left] }
            for entry in blocks.entries(of: asLeft, areRight: true) { rows.insert(blocks.row(entry)) }
            guard !blocks.isSymmetric else { continue }
            let asRight = rule.keys.map { stranger.codes[$0.right] }
            for entry in blocks.entries(of: asRight, areRight: false) { rows.insert(blocks.row(entry)) }
        }
        return rows.sorted()
    }
}
