import Testing

@testable import Tables

struct CSVFaultTests {
    private func fault(_ text: String) -> TableFault? { Reading(text).fault }

    @Test func `a row with other values than columns is refused with its line and both counts`() {
        let reading = Reading("a,b\n1,\"x\ny\"\n1,2,3\n")

        #expect(reading.rows == [["1", "x\ny"]])
        #expect(reading.fault == TableFault(.ragged(values: 3, columns: 2), in: "t.csv", at: .init(line: 4, column: 1)))
        #expect(
            reading.fault?.sentence == """
                t.csv, line 4, column 1: This row has 3 values, but there are 2 columns. Put a value with the \
                delimiter or a line break in it in quotation marks.
                """)
        #expect(fault("a,b\n1\n")?.reason == .ragged(values: 1, columns: 2))
    }

    @Test func `an open quotation mark is refused where it opens`() {
        #expect(fault("a,b\n1,é,\n")?.reason == nil)
        #expect(fault("a,b\né,\"x\n3,4\n") == TableFault(.openQuote, in: "t.csv", at: .init(line: 2, column: 3)))
        #expect(fault("a,\"b") == TableFault(.openQuote, in: "t.csv", at: .init(line: 1, column: 3)))
    }

    @Test func `what follows a closing quotation mark is refused`() {
        #expect(
            fault("a,b\n1,2\n\"x\"y,2\n") == TableFault(.textAfterQuote, in: "t.csv", at: .init(line: 3, column: 4)))
    }

    @Test func `Latin-1 is refused with the place and a hint`() {
        let bytes = Array("a,b\n1,Ren".utf8) + [0xE9] + Array(",x\n".utf8)

        let fault = Reading(bytes).fault
        #expect(fault == TableFault(.notUTF8(0xE9), in: "t.csv", at: .init(line: 2, column: 6)))
        #expect(fault?.sentence.contains("iconv -f WINDOWS-1252") == true)
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xFF], [0xC3], [0xE2, 0x82],
        ] as [[UInt8]])
    func `what is no UTF-8 is refused wherever it stands`(wrong: [UInt8]) {
        for before in [0, 1, 61, 62, 63, 64, 65, 127] {
            let bytes = Array("a\n".utf8) + Array(repeating: UInt8(ascii: "x"), count: before) + wrong
            for tail in ["", "y\n"] {
                let expected = TableFault(.notUTF8(wrong[0]), in: "t.csv", at: .init(line: 2, column: before + 1))
                #expect(Reading(bytes + Array(tail.utf8)).fault == expected)
            }
        }
    }

    @Test func `UTF-16 is recognised, with a mark and without`() {
        let units = "name,town\nAmina,York\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let turned = stride(from: 0, to: units.count, by: 2).flatMap { [units[$0 + 1], units[$0]] }

        for bytes in [[0xFF, 0xFE] + units, [0xFE, 0xFF] + turned, units, turned] {
            #expect(Reading(bytes).fault == TableFault(.utf16, in: "t.csv"))
        }
    }

    @Test func `a zero byte is refused with its place`() {
        #expect(fault("a,b\n1,2\n3,\u{0}\n") == TableFault(.zeroByte, in: "t.csv", at: .init(line: 3, column: 3)))
    }

    @Test func `a value that is too long is refused where it begins`() {
        let long = String(repeating: "x", count: 1_025)

        let plain = TableFault.Reason.longField(limit: 1_024, isQuoted: false)
        #expect(fault("a,b\n1,\(long)\n") == TableFault(plain, in: "t.csv", at: .init(line: 2, column: 3)))
        let quoted = TableFault.Reason.longField(limit: 1_024, isQuoted: true)
        #expect(fault("a,b\n1,\"\(long)\"\n") == TableFault(quoted, in: "t.csv", at: .init(line: 2, column: 3)))
        #expect(fault("a,b\n1,\"\(long)") == TableFault(quoted, in: "t.csv", at: .init(line: 2, column: 3)))
    }

    @Test func `an endless row is refused`() {
        let long = Array(String(repeating: "1234567,", count: 3 << 10).utf8)

        #expect(Reading(Array("a,b\n".utf8) + long).fault?.reason == .longRow(limit: 8_192))
    }

    @Test func `names must be there, and each once`() {
        #expect(fault("") == TableFault(.empty, in: "t.csv"))
        #expect(fault("\n\n\n") == TableFault(.empty, in: "t.csv"))
        #expect(fault("\u{FEFF}") == TableFault(.empty, in: "t.csv"))
        #expect(fault("a,,c\n1,2,3\n") == TableFault(.namelessColumn(2), in: "t.csv", at: .init(line: 1, column: 3)))
        #expect(fault("a,b,a\n1,2,3\n") == TableFault(.sameName("a", 1, 3), in: "t.csv", at: .init(line: 1, column: 5)))
        #expect(fault("a,b\n") == TableFault(.noRows, in: "t.csv"))
        let many = Array(String(repeating: "a,", count: 65_537).utf8)
        #expect(throws: TableFault(.manyColumns(limit: 65_536), in: "t.csv")) {
            try TableReader(PiecewiseSource(many), named: "t.csv", settings: .init())
        }
    }

    @Test func `a fault is told again when asked again`() throws {
        let reader = try TableReader(PiecewiseSource(Array("a,b\n1\n".utf8)), named: "t.csv", settings: .init())
        var batch = TableBatch()

        for _ in 0..<2 { #expect(throws: TableFault.self) { try reader.read(into: &batch) } }
    }

    @Test func `every reason has a sentence that ends`() {
        let reasons: [TableFault.Reason] = [
            .missing, .folder, .system("read", "No"), .noRoom, .readerGone, .cutShort("gzip"), .damaged("zstd", "bad"),
            .compressedOtherwise("xz"), .oldExcel, .zipped, .unseekable("Parquet"), .commandMissing("JSON", "duckdb"),
            .command("duckdb", "No."), .whichTable([]), .whichTable(["a"]), .notUTF8(200), .utf16, .zeroByte,
            .openQuote,
            .textAfterQuote, .longField(limit: 1, isQuoted: true), .longField(limit: 1, isQuoted: false),
            .longRow(limit: 1), .ragged(values: 1, columns: 2), .empty, .noRows, .namelessColumn(1),
            .sameName("a", 1, 2), .manyColumns(limit: 1), .noColumn("x", among: ["y"]), .isInput, .unknownOutput(".x"),
            .badName, .awkwardName,
        ]
        for reason in reasons { #expect(reason.sentence.last.map { ".?".contains($0) } == true, "\(reason)") }
    }
}
