/// Finds the records that match one that is not among them, and compares single pairs.
///
/// Keeps the blocks of every rule, eight bytes per record and rule, and a table of every value, some twenty bytes each;
/// look-ups read only, so any number may run at a time.
public struct LookUp: Sendable {
    public let linker: Linker
    private let rules: Rules
    private let blocks: [Blocks]

    /// A record that was found.
    public struct Match: Equatable, Sendable {
        public let row: Int
        /// Log2 of the odds that it is the same.
        public let weight: Double
    }

    /// Makes ready for look-ups among a linker's records.
    public init(_ linker: Linker) throws(ModelFault) {
        self.linker = linker
        let ready = try linker.split(over: linker.model.blocking, within: linker.limits).sweep.rules
        rules = ready
        blocks = ready.rules.map { Blocks($0, of: ready, in: linker.records) }
    }

    /// The records that the blocking rules bring together with this one and whose weight reaches the floor, best first.
    ///
    /// Rules about neighbours and shared letter groups do not take part. `values` are by column; what is missing is left
    /// out.
    public func matches(of values: [String: String], from floor: Double) -> [Match] {
        let strangers = Strangers(linker.records, rules, most: 1)
        strangers.begin(values)
        let found = linker.records.lend(rules, linker.scorer) { lent in
            strangers.borrow(lent)
            let candidates = candidates(of: strangers, values)
            var bench = Workbench(linker.scorer, rules, lent: lent, strangers: strangers)
            bench.begin(candidates.count + 1)
            for (place, candidate) in candidates.enumerated() { bench.set(place + 1, row: candidate.row) }
            bench.set(0, row: Stranger.firstRow)
            bench.gather()
            var found: [Match] = []
            for (number, candidate) in candidates.enumerated() {
                let place = number + 1
                guard let stratum = stratum(of: candidate, place, on: &bench) else { continue }
                bench.enter(stratum: stratum)
                let weight = bench.weight(0, place, atLeast: floor)
                if weight >= floor { found.append(Match(row: Int(bench.row(place)), weight: weight)) }
            }
            return found
        }
        return found.sorted { ($1.weight, $0.row) < ($0.weight, $1.row) }
    }

    /// The number of the first rule that brings the stranger together with a record; nil when none does.
    private func stratum(of candidate: Candidate, _ place: Int, on bench: inout Workbench) -> Int? {
        let way = candidate.ways.first { isPaired($0, place, on: &bench) }
        return way.map { rules.rules[$0.rule].number } ?? (linker.comparesRest ? linker.model.blocking.count : nil)
    }

    /// A record whose key may be the stranger's.
    private struct Candidate {
        let row: UInt32
        var ways: [Way]
    }

    /// By which rule a record may be paired with a stranger, and which of them is the left one.
    private struct Way {
        let rule: Int
        let isLeft: Bool
        /// The stranger's elements of each array that makes keys.
        let elements: [[UInt32]]
    }

    /// Whether a rule really pairs them: hashes may be equal by chance.
    private func isPaired(_ way: Way, _ place: Int, on bench: inout Workbench) -> Bool {
        for (key, elements) in zip(rules.rules[way.rule].exploded, way.elements) {
            let own = way.isLeft ? key.right : key.left
            guard own[bench.rawCode(own.slot, place)].contains(where: elements.contains) else { return false }
        }
        return way.isLeft ? bench.isPaired(by: way.rule, 0, place) : bench.isPaired(by: way.rule, place, 0)
    }

    private func candidates(of stranger: Strangers, _ values: [String: String]) -> [Candidate] {
        var found: [UInt32: Candidate] = [:]
        for (number, rule) in rules.rules.enumerated() where rule.window == nil {
            let isAsked = rule.hasSameKeys && rule.isSymmetric ? [true] : [true, false]
            for isLeft in isAsked {
                let way = Way(
                    rule: number, isLeft: isLeft,
                    elements: rule.exploded.map { key in
                        let array = values[(isLeft ? key.left : key.right).column]
                        return array.map { key.codes(of: Array($0.utf8), areRight: !isLeft) } ?? []
                    })
                for hash in hashes(of: stranger, way, rule) {
                    for entry in blocks[number].entries(of: hash, areRight: isLeft) {
                        let row = blocks[number].row(entry)
                        found[row, default: Candidate(row: row, ways: [])].ways.append(way)
                    }
                }
            }
        }
        if linker.comparesRest {
            for row in 0..<UInt32(linker.records.count) where found[row] == nil {
                found[row] = Candidate(row: row, ways: [])
            }
        }
        return found.values.sorted { $0.row < $1.row }
    }

    /// The hashes of the stranger's keys on its side of a rule.
    private func hashes(of stranger: Strangers, _ way: Way, _ rule: Rules.Rule) -> [UInt64] {
        var start = KeyHash()
        for field in way.isLeft ? rule.fieldsOfLeft : rule.fieldsOfRight {
            let code = stranger.code(0, field)
            guard code != 0 else { return [] }
            start.add(code)
        }
        var hashes = [start]
        for elements in way.elements {
            hashes = hashes.flatMap { hash in
                elements.map { element in
                    var longer = hash
                    longer.add(element)
                    return longer
                }
            }
        }
        return hashes.map(\.value)
    }
}
