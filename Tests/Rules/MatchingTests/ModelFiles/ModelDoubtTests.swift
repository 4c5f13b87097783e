import Testing

@testable import Matching

struct ModelDoubtTests {
    private func yaml(_ m: String, _ u: String = "[0.1, 0.9]") -> String {
        """
        comparisons:
          - dob: {compare: exact, m: \(m), u: \(u)}
        """
    }

    @Test func `numbers that sum to a little more or less than 1 are told with their place`() throws {
        #expect(try Model(yaml: yaml("[0.905, 0.1]"), file: "m.yaml").doubts == [])
        #expect(try Model(yaml: yaml("[0.9, 0.0999]"), file: "m.yaml").doubts == [])

        let high = try Model(yaml: yaml("[0.9, 0.2]"), file: "m.yaml").doubts
        #expect(
            high.map(\.sentence) == [
                """
                comparisons[0] "dob": its m sum to 1.1 where they should sum to 1, so its weights are too high. Train again, or \
                correct them.
                """
            ])
        let low = try Model(yaml: yaml("[0.9, 0.1]", "[0.1, 0.7]"), file: "m.yaml").doubts
        #expect(low.map(\.reason).contains { $0.hasPrefix("its u sum to 0.8 ") && $0.contains("too high") })
    }

    @Test func `a sum that no training gives is refused by file and place`() {
        let faults = #expect(throws: ModelFaults.self) { try Model(yaml: yaml("[0.9, 0.9]"), file: "m.yaml") }
        #expect(faults?.sentence.contains(#"m.yaml: comparisons[0] "dob": its m sum to 1.8"#) == true)
    }

    @Test func `the peer's own rounding is let pass`() throws {
        #expect(try Model(splink: PeerModel.json, file: "peer.json").doubts == [])
    }

    @Test func `a weight that no probabilities give is refused by file and place`() async throws {
        let people = MadePeople(300, twice: 0.3, seed: 51)
        let plan = MadePeople.model
        let model = try await Linker(plan, people.records(for: plan)).trained().model
        var text = model.yaml()
        let line = try #require(text.split(separator: "\n").first { $0.contains("town: [") || $0.contains("- - [") })
        let number = try #require(line.split(whereSeparator: { "[], ".contains($0) }).last)
        text = text.replacing(line, with: line.replacing(number, with: "1e308"), maxReplacements: 1)

        let faults = #expect(throws: ModelFaults.self) { try Model(yaml: text, file: "m.yaml") }

        #expect(faults?.sentence.contains("1e+308 is no weight") == true)
        #expect(faults?.sentence.hasPrefix("m.yaml: strata.rules[") == true)
    }

    @Test func `a share of chance outside 0 to 1 is refused`() async throws {
        let people = MadePeople(300, twice: 0.3, seed: 52)
        let plan = MadePeople.model
        var model = try await Linker(plan, people.records(for: plan)).trained().model
        model.strata?.rules[0].chance = 1.5

        #expect(throws: ModelFault.self) { try Linker(model, people.records(for: plan)) }
    }
}
