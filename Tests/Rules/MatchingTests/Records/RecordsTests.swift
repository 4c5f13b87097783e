import Testing
import Values

@testable import Matching

struct RecordsTests {
    private let model: Model = {
        var model = Model()
        model.blocking = [BlockingRule(.equal([.init(.column("first"))], also: nil))]
        return model
    }()

    private func person(_ name: String, _ source: Int = 0, _ first: String? = nil) -> PlainRecord {
        PlainRecord(name: name, source: source, values: first.map { ["first": $0] } ?? [:])
    }

    @Test func `a name used twice in a source is refused with both rows`() {
        #expect(throws: RecordFault.nameTwice("a", rows: 1, 3)) {
            _ = try Records(of: [person("a"), person("b"), person("a")], sources: ["people"], for: model)
        }
    }

    @Test func `the same name in two sources is two records`() throws {
        let records = try Records(of: [person("a"), person("a", 1)], sources: ["x", "y"], for: model)

        #expect(records.count == 2)
        #expect(records.row(named: "a") == 0)
        #expect(records.row(named: "a", in: "y") == 1)
        #expect(records.row(named: "b") == nil)
    }

    @Test func `a record without a name is refused with its row`() {
        #expect(throws: RecordFault.noName(row: 2)) {
            _ = try Records(of: [person("a"), person("")], sources: ["people"], for: model)
        }
    }

    @Test func `an empty value is not a missing one`() throws {
        let records = try Records(of: [person("a", 0, ""), person("b")], sources: ["people"], for: model)
        let field = records.layout.fields[records.layout.field(.column("first"))]

        #expect(records.value(0, field) == "")
        #expect(records.value(1, field) == nil)
    }

    @Test func `an empty buffer without an address is an empty value`() throws {
        var builder = try RecordsBuilder(for: model)
        try builder.begin(source: "people")
        let name: [UInt8] = [97]
        try name.withUnsafeBufferPointer { name in
            let values: [UnsafeBufferPointer<UInt8>?] = [UnsafeBufferPointer(start: nil, count: 0)]
            try values.withUnsafeBufferPointer { try builder.append(name: name, values: $0) }
        }
        let records = try builder.finish()

        #expect(records.value(0, records.layout.fields[0]) == "")
    }
}

struct VocabularyTests {
    @Test(arguments: [UInt64(1), 2, 3]) func `codes are those of a dictionary, while open and when closed`(seed: UInt64)
    {
        var pairs = TextPairs(seed: seed)
        var vocabulary = Vocabulary()
        var known: [[UInt8]: UInt32] = [:]
        for _ in 0..<4000 {
            let bytes = Array(pairs.next().0.utf8)
            let next = UInt32(known.count + 1)
            let code = known[bytes] ?? next
            known[bytes] = code

            #expect(bytes.asText { vocabulary.code(of: $0) } == code)
        }
        for _ in 0..<2 {
            for (bytes, code) in known {
                #expect(bytes.asText { vocabulary.found($0) } == code)
                #expect(vocabulary.string(code) == String(decoding: bytes, as: UTF8.self))
                let isASCII = vocabulary.withTexts { $0[code].isASCII }
                #expect(isASCII == bytes.allSatisfy { $0 < 128 })
            }
            #expect(Array("nowhere to be found".utf8).asText { vocabulary.found($0) } == nil)
            vocabulary.close()
        }
    }

    @Test func `an empty vocabulary finds nothing, closed or not`() {
        var vocabulary = Vocabulary()
        #expect([UInt8]().asText { vocabulary.found($0) } == nil)

        vocabulary.close()

        #expect([UInt8]().asText { vocabulary.found($0) } == nil)
    }
}

extension [UInt8] {
    fileprivate func asText<Result>(_ body: (Text) -> Result) -> Result {
        (self + [0]).withUnsafeBufferPointer { buffer in
            body(Text(of: UnsafeBufferPointer(rebasing: buffer.dropLast())) ?? Text.empty)
        }
    }
}
