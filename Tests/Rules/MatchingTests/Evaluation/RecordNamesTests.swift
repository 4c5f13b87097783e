import Matching
import Testing
import Values

struct RecordNamesTests {
    @Test func `names are numbered in the order they are met, and told by their number`() {
        var names = RecordNames()

        let numbers = ["b", "a", "", "b", "é", "e\u{301}", "a"].map { names.number(of: $0) }

        #expect(numbers == [0, 1, 2, 0, 3, 4, 1], "The same letters in other bytes are another name.")
        #expect(Array(names.name(of: 3).utf8) == Array("é".utf8))
        #expect(names.number(ofKnown: "a") == 1)
        #expect(names.number(ofKnown: "c") == nil)
        #expect(names.count == 5)
    }

    @Test func `many names agree with a dictionary`() {
        var chance = SeededChance(seed: 11)
        var names = RecordNames(expecting: 3)
        var known: [String: UInt32] = [:]
        for _ in 0..<20_000 {
            let name = String(chance.below(5_000), radix: 36) + String(repeating: "x", count: chance.below(3))
            let expected = known[name] ?? UInt32(known.count)
            known[name] = expected
            let number = names.number(of: name)
            #expect(number == expected)
        }

        #expect(names.count == known.count)
        #expect(known.allSatisfy { names.name(of: $0.value) == $0.key && names.number(ofKnown: $0.key) == $0.value })
    }
}
