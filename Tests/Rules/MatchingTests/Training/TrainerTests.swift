import Testing

@testable import Matching

/// The classical way.
struct TrainerTests {
    @Test func `no u is more than one once the matches are taken out of it`() throws {
        // Given pairs that nearly all disagree, and matches that hardly ever do.
        var model = MadePeople.model
        model.prior = 0.01
        for number in model.comparisons.indices {
            model.comparisons[number].levels[1].m = 0.99
            model.comparisons[number].levels[1].u = 1e-4
            model.comparisons[number].levels[2].m = 0.01
            model.comparisons[number].levels[2].u = 0.9999
        }
        let people = MadePeople(50, twice: 0.5, seed: 61)
        var trainer = try Trainer(Linker(model, people.records(for: model)))

        trainer.takeMatchesOutOfU()

        for level in trainer.model.comparisons.flatMap(\.levels) where !level.isNull {
            #expect((level.u ?? 0) > 0 && (level.u ?? 0) <= 1)
        }
    }
}
