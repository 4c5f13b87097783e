import Foundation
import Testing
import Values

@Suite struct IdentifierTests {
    private enum Desk {}
    private typealias ID = Identifier<Desk>

    @Test(arguments: [1, 7, 2_147_483_648, .max] as [Int64])
    func `an address holds the number and gives it back`(number: Int64) {
        #expect(ID("\(ID(number))") == ID(number))
        #expect(ID("\(number)")?.number == number)
    }

    @Test(arguments: [
        "", "0", "-1", "+", "1.0", "1e3", " 1", "1 ", "0x10", "9223372036854775808", "１", "٣", "1\u{0}", "seven", "1/2",
        "null",
    ])
    func `what is no positive number is no identifier`(text: String) {
        #expect(ID(text) == nil)
    }

    @Test(arguments: ["+7", "007", "0000000000000000000000001"])
    func `one thing has one address`(text: String) {
        #expect(ID(text) == nil)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `whatever is read is written the same`(seed: UInt64) {
        var numbers = SeededChance(seed: seed)
        for _ in 0..<3_000 {
            let id = ID(.random(in: 1...(.max), using: &numbers) >> Int64.random(in: 0..<62, using: &numbers))
            #expect(id.number < 1 || ID(id.description) == id)
            let spoiled = numbers.spoiled(id.description)
            if let read = ID(spoiled) { #expect(read.description == spoiled) }
        }
    }

    @Test func `identifiers order as their numbers do and stand in JSON as numbers`() throws {
        #expect([ID(3), 1, 2].sorted() == [1, 2, 3])
        #expect(String(decoding: try JSONEncoder().encode([ID(7)]), as: UTF8.self) == "[7]")
        #expect(try JSONDecoder().decode([ID].self, from: Data("[7]".utf8)) == [7])
    }
}
