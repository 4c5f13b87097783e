import Testing
import Values

@testable import Matching

@Suite struct StrataScoringTests {
    /// Weights by chance, of a model in which first is given by town and last by first.
    private func model(seed: UInt64, rest: Bool) -> Model {
        var model = MadePeople.model
        for number in model.comparisons.indices {
            let column = model.comparisons[number].name
            model.comparisons[number].levels.insert(
                Level(.measured(.levenshtein, .left(column), .right(column), Bound(.atMost, 1)), label: "one slip"),
                at: 2)
        }
        model.comparisons[1].levels[1].frequency = FrequencyAdjustment(column: "last")
        var chance = SeededChance(seed: seed)
        let parents: [Int?] = [3, 0, nil, nil]
        func stratum() -> Stratum {
            let weights = parents.map { parent in
                (0..<(parent == nil ? 1 : 4)).map { _ in
                    [0] + (0..<3).map { _ in Double(chance.below(200)) / 10 - 10 }
                }
            }
            let shares = [0, 0.05, 0.5, 1]
            return Stratum(
                prior: Double(chance.below(98) + 1) / 100, weights: weights, chance: shares[chance.below(4)])
        }
        model.strata = Strata(
            parents: parents, rules: model.blocking.map { _ in stratum() }, rest: rest ? stratum() : nil)
        return model
    }

    private func level(_ left: String?, _ right: String?) -> Int {
        guard let left, let right else { return 0 }
        if left == right { return 1 }
        let (one, other) = (Array(left), Array(right))
        guard abs(one.count - other.count) <= 1 else { return 3 }
        if one.count == other.count { return zip(one, other).count { $0 != $1 } <= 1 ? 2 : 3 }
        let (short, long) = one.count < other.count ? (one, other) : (other, one)
        return long.indices.contains { Array(long[..<$0] + long[($0 + 1)...]) == short } ? 2 : 3
    }

    /// The weight of two rows in the plainest way; nil when they are not compared.
    private func weight(_ model: Model, _ people: MadePeople, _ left: Int, _ right: Int) -> Double? {
        let (one, other) = (people.rows[left].values, people.rows[right].values)
        func agrees(_ column: String) -> Bool {
            let place = MadePeople.columns.firstIndex(of: column) ?? 0
            return one[place] != nil && one[place] == other[place]
        }
        let rule = model.blocking.firstIndex { $0.text.split(separator: ", ").allSatisfy { agrees(String($0)) } }
        guard let stratum = rule.map({ model.strata?.rules[$0] }) ?? model.strata?.rest, let strata = model.strata
        else { return nil }
        let levels = (0..<4).map { level(one[$0], other[$0]) }
        var sum = LogOdds.weight(stratum.prior)
        for number in 0..<4 {
            sum += stratum.weights[number][strata.parents[number].map { levels[$0] } ?? 0][levels[number]]
        }
        guard levels[1] == 1 else { return sum }
        var counts: [String: Double] = [:]
        for row in people.rows { if let last = row.values[1] { counts[last, default: 0] += 1 } }
        let total = counts.values.reduce(0, +)
        let mean = counts.values.reduce(0) { $0 + $1 / total * max($1 - 1, 2) / total }
        let rarity = mean / (max((counts[one[1] ?? ""] ?? 0) - 1, 2) / total)
        // Others share a value by chance as often as it is common, or for a reason as often as any.
        return sum - LogOdds.bits(stratum.chance / rarity + 1 - stratum.chance)
    }

    private func people(seed: UInt64) -> MadePeople {
        var people = MadePeople(60, twice: 0.5, wrong: 0.3, seed: seed)
        var chance = SeededChance(seed: seed)
        for row in people.rows.indices where chance.below(3) == 0 {
            people.rows[row].values[chance.below(4)] = nil
        }
        // Few towns and names, so that rules find pairs.
        for row in people.rows.indices {
            for column in [0, 1, 3] where people.rows[row].values[column] != nil {
                people.rows[row].values[column] = "\(MadePeople.columns[column])\(chance.below(6) * 7)"
            }
        }
        return people
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `weights are those of the plainest reckoning, whatever the floor`(seed: UInt64) async throws {
        let model = model(seed: seed, rest: seed % 2 == 0)
        let people = people(seed: seed)
        let linker = try Linker(model, people.records(for: model))
        var known: [[Int]: Double] = [:]
        for left in people.rows.indices {
            for right in (left + 1)..<people.rows.count {
                known[[left, right]] = weight(model, people, left, right)
            }
        }

        for floor in [-Double.infinity, -5, 0, 3, 12] {
            let links = try await linker.allLinks(from: floor)
            #expect(links.count == known.values.count { $0 >= floor }, "seed \(seed), floor \(floor)")
            for link in links {
                let plain = try #require(known[[Int(link.left), Int(link.right)]])
                #expect(abs(link.weight - plain) < 1e-9, "seed \(seed): \(link)")
            }
        }
    }

    @Test func `what an explanation says adds up to the weight of the link`() async throws {
        let model = model(seed: 7, rest: true)
        let linker = try Linker(model, people(seed: 7).records(for: model))
        for link in try await linker.allLinks() {
            let explanation = linker.explanation(of: Int(link.left), and: Int(link.right))
            #expect(abs(explanation.weight - link.weight) < 1e-9)
            #expect(explanation.found?.hasPrefix("found by") == true)
            #expect(explanation.parts[0].given?.hasPrefix("given town: ") == true)
            #expect(explanation.parts[2].given == nil)
        }
    }

    @Test func `a record looked up has the weights that it would have among the others`() async throws {
        let model = model(seed: 8, rest: true)
        let people = people(seed: 8)
        let linker = try Linker(model, people.records(for: model))
        let lookUp = try LookUp(linker)
        let links = try await linker.allLinks()
        for row in [0, 5, 17] {
            var values: [String: String] = [:]
            for (column, value) in zip(MadePeople.columns, people.rows[row].values) { values[column] = value }
            let found = lookUp.matches(of: values, from: -.infinity)
            #expect(found.count == people.rows.count)
            for link in links where Int(link.left) == row || Int(link.right) == row {
                let other = Int(link.left) == row ? Int(link.right) : Int(link.left)
                let match = try #require(found.first { $0.row == other })
                #expect(abs(match.weight - link.weight) < 1e-9)
            }
        }
    }

    @Test func `strata that do not fit are refused`() throws {
        var model = model(seed: 9, rest: false)
        let records = try people(seed: 9).records(for: model)
        model.strata?.parents[3] = 1
        #expect(throws: ModelFault.self) { try Linker(model, records) }
        model = self.model(seed: 9, rest: false)
        model.strata?.rules[0].weights[2][0].removeLast()
        #expect(throws: ModelFault.self) { try Linker(model, records) }
        model = self.model(seed: 9, rest: false)
        model.blocking.removeLast()
        #expect(throws: ModelFault.self) { try Linker(model, records) }
    }
}
