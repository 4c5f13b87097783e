import Testing

@testable import Matching

/// What no pair shows cannot be learned: it must not speak for or against anything.
struct UnmetLevelTests {
    @Test(arguments: [false, true])
    func `a disagreement that no pair shows says nothing, though the model is used on other records`(
        comparesRest: Bool
    ) async throws {
        // Given people who all live in one town.
        var people = MadePeople(400, twice: 0.4, seed: 21)
        for row in people.rows.indices { people.rows[row].values[3] = "town" }
        var plan = MadePeople.model
        plan.blocking = Array(plan.blocking.prefix(2))
        plan.training.comparesRest = comparesRest

        let model = try await Linker(plan, people.records(for: plan)).trained().model

        let other = model.comparisons[3].levels[2]
        #expect(other.m == other.u)
        let first = model.comparisons[0].levels[1]
        #expect((first.m ?? 0) > 10 * (first.u ?? 1), "What is met is learned as before.")
        let strata = try #require(model.strata)
        #expect((strata.rest != nil) == comparesRest)
        for stratum in strata.rules + (strata.rest.map { [$0] } ?? []) {
            for row in stratum.weights[3] { #expect(row[2] == 0) }
        }
    }
}
