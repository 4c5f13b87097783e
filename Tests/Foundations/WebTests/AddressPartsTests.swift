import HTTPTypes
import Hummingbird
import Testing
import Values

@testable import Web

struct AddressPartsTests {
    private func part(_ text: String) -> Parameters { Parameters([(key: "queue", value: text[...])]) }

    @Test(arguments: ["seven", "%37", "007", "-1", "0", "99999999999999999999", "1.5", "%00"])
    func `what is no number names nothing, and the answer says so in plain words`(text: String) throws {
        let refusal = try #require(throws: AddressRefusal.self) {
            try part(text).require("queue", as: Identifier<Int>.self)
        }
        #expect(refusal.kind.status == .notFound)
        #expect(
            refusal.sentence
                == "There is nothing at this address: the queue in it must be a whole number like 17.")
    }

    @Test(arguments: ["2026-02-30", "26-01-01", "9999-12-31", "0001-01-01", "today"])
    func `what is no day that somebody means names nothing`(text: String) {
        #expect(throws: AddressRefusal.noDay("queue")) { try part(text).require("queue", as: Day.self) }
    }

    @Test func `a text is read as it was meant`() throws {
        #expect(try part("Self%20Assessment").text("queue") == "Self Assessment")
        #expect(throws: AddressRefusal.noText("queue")) { try part("%FF").text("queue") }
    }
}
