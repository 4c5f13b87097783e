import Testing

@testable import Matching

/// What would silently link nothing is refused with a sentence.
struct RefusedLinkingTests {
    private let people = [PlainRecord(name: "1", source: 0, values: ["first": "amina"])]

    private func model(_ keys: String, _ condition: String = "first_l = first_r") throws -> Model {
        try Model(
            yaml: """
                \(keys)
                comparisons:
                  - first:
                      levels:
                        - {when: first_l IS NULL OR first_r IS NULL, missing: true}
                        - {when: "\(condition)", m: 0.9, u: 0.1}
                        - {when: else, m: 0.1, u: 0.9}
                """, file: "people.yaml")
    }

    @Test func `link rules that name a source that is not there are refused`() throws {
        let model = try model("links: [[tax, tax], [tax, benfits]]\nblocking: [first]")
        let records = try Records(of: people, sources: ["tax", "benefits"], for: model)

        let fault = #expect(throws: ModelFault.self) { try Linker(model, records) }

        #expect(
            fault?.sentence.hasPrefix("links: There is no source \"benfits\". The sources are called tax, benefits")
                == true)
    }

    @Test func `scoring by a model without blocking rules is refused`() async throws {
        let model = try model("prior: 0.1")
        let linker = try Linker(model, Records(of: people, sources: ["people"], for: model))

        for limits in [PairLimits(), PairLimits(pairs: 5)] {
            let fault = await #expect(throws: ModelFault.self) { _ = try await linker.all(from: 0, within: limits) }
            #expect(fault?.sentence.hasPrefix("blocking: There are no blocking rules") == true)
        }
        await #expect(throws: ModelFault.self) { _ = try await linker.links(from: 0) { _, _ in } }
    }

    @Test func `a regular expression that cannot be run is refused with its place in the file`() {
        let pattern = "NULLIF(regexp_extract(first_l, '(a', 0), '') = NULLIF(regexp_extract(first_r, '(a', 0), '')"

        let faults = #expect(throws: ModelFaults.self) { try model("blocking: [first]", pattern) }

        let sentence = faults?.faults.first?.sentence ?? ""
        #expect(
            sentence.hasPrefix("people.yaml: comparisons[0] \"first\".levels[1].when, character 32: regular expression")
        )
    }

    @Test func `the pairs that no rule brings are no huge block`() async throws {
        var model = try model("blocking: [first]")
        let stratum = Stratum(prior: 0.1, weights: [[[0, 3, -3]]])
        model.strata = Strata(parents: [nil], rules: [stratum], rest: stratum)
        let many = (0..<200).map { PlainRecord(name: "\($0)", source: 0, values: ["first": "f\($0)"]) }
        let linker = try Linker(model, Records(of: many, sources: ["people"], for: model))

        let links = try await linker.all(from: -.infinity, within: PairLimits(pairsOfBlock: 100))

        #expect(links.count == 200 * 199 / 2)
    }
}
