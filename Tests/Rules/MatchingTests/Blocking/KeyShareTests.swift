import Testing
import Values

@testable import Matching

struct KeyShareTests {
    @Test(arguments: [1, 2, 3, 7, 64])
    func `each key has its turn once, and every turn has about as many`(count: Int) {
        let keys = 200 * count
        var turns = [Int](repeating: 0, count: count)
        for code in 0..<UInt32(keys) {
            var hash = KeyHash()
            hash.add(code)
            let holding = (0..<count).filter { KeyShare(number: $0, count: count).holds(hash.value) }
            if holding.count == 1 { turns[holding[0]] += 1 }
        }

        #expect(turns.reduce(0, +) == keys)
        #expect(turns.allSatisfy { (100...300).contains($0) })
    }
}
