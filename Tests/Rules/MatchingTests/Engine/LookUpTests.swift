import Testing

@testable import Matching

struct LookUpTests {
    /// A stranger who is one of the records, looked up among the others.
    @Test(arguments: Array(UInt64(700)..<800))
    func `a stranger finds the records that it would be linked with as the left one`(seed: UInt64) throws {
        let sample = RandomCase(seed: seed)
        guard let stranger = sample.people.first else { return }
        let rest = Array(sample.people.dropFirst())
        let records = try Records(of: rest, sources: sample.sources, for: sample.model)
        let lookUp = try LookUp(Linker(sample.model, records))

        let matches = lookUp.matches(of: stranger.values, from: -.infinity)

        let slow = SlowEngine(model: sample.model, sources: sample.sources, records: [stranger] + rest)
        let order = sample.sources.indices.flatMap { source in rest.indices.filter { rest[$0].source == source } }
        let expected = order.indices.filter { row in
            sample.model.blocking.contains { rule in
                guard case .equal = rule.kind else { return false }
                let place = order[row] + 1
                return slow.isPaired(rule, 0, place) || slow.isPaired(rule, place, 0)
            }
        }
        #expect(matches.map(\.row).sorted() == expected, "seed \(seed)")
    }

    @Test func `the best match comes first, with the weight that its explanation gives`() throws {
        let model = try Model(splink: PeerModel.json, file: "peer.json")
        let linker = try Linker(model, Records(of: PeerPeople.rows, sources: ["people"], for: model))
        let lookUp = try LookUp(linker)

        for person in PeerPeople.rows.prefix(60) where person.values["surname"] != nil {
            let matches = lookUp.matches(of: person.values, from: 0)
            for match in matches {
                let other = PeerPeople.rows[match.row].values
                let weight = try linker.explanation(of: person.values, and: other).weight
                #expect(abs(weight - match.weight) < 1e-9)
            }
            #expect(matches.map(\.weight) == matches.map(\.weight).sorted(by: >))
        }
    }
}
