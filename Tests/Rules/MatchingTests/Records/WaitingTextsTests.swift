import Testing
import Values

@testable import Matching

/// Dictionaries that have outgrown memory, against those that have not.
struct WaitingTextsTests {
    @Test(arguments: Array(UInt64(1)..<9))
    func `texts that wait get the codes they would have had`(seed: UInt64) throws {
        let folder = try WorkFolder()
        var chance = SeededChance(seed: seed)
        let texts = (0..<3000).map { _ in Self.text(&chance) }
        let begin = chance.below(1200)
        var kept = Vocabulary()
        let expected = texts.map { text in text.asText { kept.code(of: $0) } ?? 0 }

        var known = Vocabulary()
        for text in texts[..<begin] { _ = text.asText { known.code(of: $0) } }
        try known.rest(by: .small(to: folder.path, beyond: 0))
        var waiting = try WaitingTexts(after: known, from: .init(), by: .small(to: folder.path, beyond: 0))
        let groups = try texts[begin...].map { text in try text.asText { try waiting.add($0) } }
        var numbering = try Numbering(of: waiting)
        let codes = try groups.map { try numbering.next(of: Int($0) - 1) }
        let numbered = try numbering.finish()

        #expect(codes == Array(expected[begin...]), "seed \(seed)")
        #expect(numbered.count == kept.count)
        for (text, code) in zip(texts, expected) {
            #expect(numbered.string(code) == String(decoding: text, as: UTF8.self))
            #expect(text.asText { numbered.found($0) } == code)
            #expect(numbered.withTexts { $0[code].isASCII } == text.allSatisfy { $0 < 128 })
        }
        #expect(Array("nowhere to be found".utf8).asText { numbered.found($0) } == nil)
        #expect(folder.isEmpty)
    }

    @Test func `a name that stands there twice is found however late`() throws {
        let folder = try WorkFolder()
        let model = Model(comparingForenames: ())
        func records(_ names: [String]) throws -> Records {
            var builder = try RecordsBuilder(for: model, spilling: .small(to: folder.path, beyond: 0))
            try builder.begin(source: "people")
            for name in names { try builder.append(name: name, builder.columns.map { _ in "amina" }) }
            try builder.begin(source: "others")
            try builder.append(name: names[0], builder.columns.map { _ in nil })
            return try builder.finish()
        }
        let names = (0..<500).map { "n\($0)" }

        #expect(throws: RecordFault.nameTwice("n7", rows: 8, 301)) {
            try records(Array(names[..<300]) + ["n7", "n9"] + names[300...])
        }
        #expect(try records(names).row(named: "n499") == 499)
        #expect(folder.isEmpty)
    }

    /// Short and long ones, some of letters beyond ASCII, many again and again.
    private static func text(_ chance: inout SeededChance) -> [UInt8] {
        let number = chance.below(4) == 0 ? chance.below(10) : chance.below(2000)
        if number % 97 == 3 { return [] }
        let text = number % 7 == 1 ? "zoë \(number)" : "\(number * number)"
        return Array(String(repeating: text, count: number % 50 == 2 ? 80 : 1).utf8)
    }
}

extension Model {
    /// A model that reads one column.
    fileprivate init(comparingForenames: Void) {
        self.init()
        blocking = [BlockingRule(.equal([.init(.column("forename"))], also: nil))]
    }
}

extension [UInt8] {
    fileprivate func asText<Result>(_ body: (Text) throws -> Result) rethrows -> Result {
        try (self + [0]).withUnsafeBufferPointer { buffer in
            try body(Text(of: UnsafeBufferPointer(rebasing: buffer.dropLast())) ?? Text.empty)
        }
    }
}
