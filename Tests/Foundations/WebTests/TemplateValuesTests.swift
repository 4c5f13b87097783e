import Testing

@testable import Web

struct TemplateValuesTests {
    private struct Sample: Encodable {
        let title = "Desk"
        let missing: String? = nil
        let isOpen = true
        let lines = [Line(name: "a", number: 1), Line(name: "b", number: 2)]
        let names = ["x": "y"]
        struct Line: Encodable { let name: String; let number: Int }
    }

    @Test func `a page becomes dictionaries, and nil becomes absence`() throws {
        let values = try TemplateValues.dictionary(of: Sample())
        #expect(values["title"] as? String == "Desk")
        #expect(values["missing"] == nil)
        #expect(values["isOpen"] as? Bool == true)
        let lines = try #require(values["lines"] as? [[String: Any]])
        #expect(lines.map { $0["name"] as? String } == ["a", "b"])
        #expect(lines.map { $0["number"] as? Int } == [1, 2])
        #expect((values["names"] as? [String: Any])?["x"] as? String == "y")
    }
}
