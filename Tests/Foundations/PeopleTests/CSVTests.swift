import Testing
import Values

@testable import People

private func texts(_ bytes: [UInt8]) throws -> [[String]] {
    var reader = try CSVReader(bytes), records: [[String]] = []
    while let record = try reader.next() { records.append(record.fields.map(\.text)) }
    return records
}

private func texts(_ text: String) throws -> [[String]] {
    try texts(Array(text.utf8))
}

@Suite struct CSVTests {
    @Test(arguments: ["a,b\nc,d\n", "a,b\r\nc,d", "a,b\rc,d\r", "\u{FEFF}a,b\n\n\r\nc,d\n\n", "a;b\nc;d", "a\tb\nc\td"])
    func `line ends, delimiters and a byte order mark are recognised`(text: String) throws {
        #expect(try texts(text) == [["a", "b"], ["c", "d"]])
    }

    @Test func `quoted values may hold delimiters, line ends and quotation marks`() throws {
        #expect(try texts("\"a,1\",\"b\r\n2\"\n\"\"\"c\"\"\",\"\"\n") == [["a,1", "b\r\n2"], ["\"c\"", ""]])
    }

    @Test func `empty values at the end of a line count`() throws {
        #expect(try texts("a,b,\n,,\n") == [["a", "b", ""], ["", "", ""]])
    }

    @Test func `the delimiter inside quotation marks does not decide`() throws {
        #expect(try texts("\"a,b,c\";d\ne;f") == [["a,b,c", "d"], ["e", "f"]])
    }

    @Test func `a quotation mark that is never closed is named with its place`() {
        #expect(throws: CSVFault.openQuote(TextPosition(line: 2, column: 3))) { try texts("a,b\nc,\"d\ne,f\n") }
    }

    @Test func `a quotation mark inside a value is named with its place`() {
        #expect(throws: CSVFault.quoteInsideField(TextPosition(line: 1, column: 6))) { try texts("ä,b 1\"") }
        #expect(throws: CSVFault.textAfterQuote(TextPosition(line: 3, column: 3))) { try texts("a\n\"x\ny\" z\n") }
    }

    @Test func `Latin-1 is refused with the place of its first byte`() {
        let bytes = Array("name\nZo".utf8) + [0xEB] + Array("\n".utf8)
        #expect(throws: CSVFault.notUTF8(TextPosition(line: 2, column: 3), byte: 0xEB)) { try texts(bytes) }
        let quoted = Array("é,\"a\r\nb".utf8) + [0xE9] + Array("c\"\n".utf8)
        #expect(throws: CSVFault.notUTF8(TextPosition(line: 2, column: 2), byte: 0xE9)) { try texts(quoted) }
    }

    @Test func `UTF-16 is refused`() {
        #expect(throws: CSVFault.utf16) { try texts([0xFF, 0xFE, 0x61, 0x00]) }
    }

    @Test func `positions count characters, not bytes`() throws {
        var reader = try CSVReader(Array("a,b\nñandú,x\n".utf8))
        _ = try reader.next()
        let record = try #require(try reader.next())
        #expect(
            record.fields.map { reader.position(of: $0.spot) } == [
                TextPosition(line: 2, column: 1), TextPosition(line: 2, column: 7),
            ])
    }

    @Test func `whatever is written comes back`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("CSV round trip: seed \(seed)")
        var random = SeededChance(seed: seed)
        let alphabet = Array("ab \",;\t\r\nñ漢🦢'").map(String.init)
        for _ in 0..<300 {
            let width = Int.random(in: 1...5, using: &random)
            let delimiter = [",", ";", "\t"].randomElement(using: &random) ?? ","
            // A first line of plain names decides the delimiter; one column leaves it open, which does no harm.
            var records = [(0..<width).map { "c\($0)" }]
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                records.append(
                    (0..<width).map { _ in
                        (0..<Int.random(in: 0...6, using: &random)).map { _ in
                            alphabet.randomElement(using: &random) ?? ""
                        }
                        .joined()
                    })
            }
            let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
            let text = records.map { record in
                record.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: delimiter)
            }.joined(separator: end)
            #expect(try texts(text) == records, "seed \(seed)")
        }
    }

    @Test func `any bytes are read or refused at a place inside the file`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("CSV any bytes: seed \(seed)")
        var random = SeededChance(seed: seed)
        let usual = Array("a,;\t\"\"\r\n\n\u{e9}".utf8)
        for _ in 0..<4_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? usual.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
            }
            do throws(CSVFault) {
                var reader = try CSVReader(bytes), isInside = true
                while let record = try reader.next() {
                    isInside = isInside && record.fields.allSatisfy { reader.position(of: $0.spot).column >= 1 }
                }
                #expect(isInside && reader.read == bytes.count, "seed \(seed)")
            } catch {
                #expect(!error.sentence.isEmpty)
                if case .notUTF8(_, let byte) = error { #expect(byte >= 0x80, "seed \(seed)") }
            }
        }
    }
}
