import BoundedYAML
import Testing
import Values

@Suite struct YAMLNodeTests {
    private func read(_ text: String, depth: Int = 8, nodes: Int = 100) throws(YAMLFault) -> YAMLNode {
        try YAMLNode.read(Array(text.utf8), within: YAMLLimits(depth: depth, nodes: nodes))
    }

    @Test func `lists, tables, texts and their lines are as written`() throws {
        let node = try read("name: Bolton\n\"open\": 'true'\nlevels:\n  - 1\n  -\n  - ~\n")
        guard case .table(let entries) = node.kind else { throw YAMLFault("no table") }
        #expect(entries.map(\.key) == ["name", "open", "levels"])
        #expect(entries.map(\.node.line) == [1, 2, 4])
        guard case .scalar("Bolton", isPlain: true) = entries[0].node.kind,
            case .scalar("true", isPlain: false) = entries[1].node.kind, case .list(let items) = entries[2].node.kind
        else { throw YAMLFault("other kinds") }
        #expect(items.map(\.isNothing) == [false, true, true])
        #expect(items.map(\.line) == [4, 5, 6])
    }

    @Test func `a text of nothing is nothing, a quoted null is a text`() throws {
        #expect(try read("").isNothing)
        #expect(try read("# only a remark\n").isNothing)
        #expect(try read("null").isNothing)
        #expect(try !read("'null'").isNothing)
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", "the key \"a\" is there twice."), ("[1]: 2", "a key must be a plain name."),
        ("[[[[[[[[1]]]]]]]]", "this is nested too deep."),
        (String(repeating: "[", count: 100_000), "this is nested too deep."),
        (String(repeating: "- ", count: 100_000), "this is nested too deep."),
        ("[" + String(repeating: "1,", count: 100) + "]", "the file holds more than 100 values."),
        (
            "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b]",
            "the file holds more than 100 values."
        ),
        ("a: [1", "this is not YAML: did not find expected ',' or ']'."), ("a: *b", "this is not YAML"),
    ])
    func `what harms or cannot be meant is refused with its line`(text: String, reason: String) throws {
        let fault = #expect(throws: YAMLFault.self) { try read(text) }
        #expect(fault?.reason.hasPrefix(reason) == true, "\(fault?.reason ?? "")")
        #expect(fault?.line ?? 0 >= 1)
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: YAMLFault("this is not UTF-8 text.")) {
            try YAMLNode.read([0x61, 0xFF], within: YAMLLimits(depth: 8, nodes: 100))
        }
    }

    @Test func `any bytes give an answer or a refusal`() {
        var chance = SeededChance(seed: 7)
        let alphabet = Array("ab: -[]{}\n\"'&*!|>%@`,#?~0.\u{E9}\t".utf8)
        for _ in 0..<3_000 {
            let bytes = (0..<chance.below(60)).map { _ in alphabet[chance.below(alphabet.count)] }
            _ = try? YAMLNode.read(bytes, within: YAMLLimits(depth: 8, nodes: 100))
        }
    }
}
