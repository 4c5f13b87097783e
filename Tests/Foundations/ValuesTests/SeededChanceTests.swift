import Testing
import Values

struct SeededChanceTests {
    /// The first numbers of the reference implementation (https://prng.di.unimi.it/splitmix64.c) for the seed 1234567.
    @Test func `it is SeededChance64 as it was published`() {
        var chance = SeededChance(seed: 1_234_567)
        let numbers = (0..<5).map { _ in chance.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `a number below nothing is nothing`() {
        var chance = SeededChance(seed: 1)
        #expect(chance.below(0) == 0 && chance.below(1) == 0)
        #expect((0..<1_000).allSatisfy { _ in (0..<7).contains(chance.below(7)) })
    }
}
