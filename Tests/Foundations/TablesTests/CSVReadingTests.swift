import Testing

@testable import Tables

struct CSVReadingTests {
    @Test func `rows come as RFC 4180 has them`() {
        let reading = Reading("id,name\r\n1,\"Bram, \"\"the\r\nTall\"\"\"\r\n2,Amina\r\n")

        #expect(reading.fault == nil)
        #expect(reading.columns == ["id", "name"])
        #expect(reading.rows == [["1", "Bram, \"the\r\nTall\""], ["2", "Amina"]])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `lines may end in any way, the last also in none`(end: String) {
        let lines = ["id,name", "1,Amina", "", "2,\"Bram\""]

        for last in ["", end, end + end] {
            let reading = Reading(lines.joined(separator: end) + last)
            #expect(reading.rows == [["1", "Amina"], ["2", "Bram"]] && reading.fault == nil)
        }
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `the delimiter is recognised in the first line`(delimiter: String) {
        let reading = Reading("\"a,;b\"\(delimiter)c\n1\(delimiter)2\n")

        #expect(reading.columns == ["a,;b", "c"] && reading.rows == [["1", "2"]])
    }

    @Test func `a delimiter that is given is taken`() {
        var settings = TableReader.Settings()
        settings.delimiter = UInt8(ascii: ":")

        #expect(Reading("a,b:c\n1:2\n", settings: settings).columns == ["a,b", "c"])
    }

    @Test func `a byte order mark is no part of the first name`() {
        #expect(Reading("\u{FEFF}id,name\n1,x\n").columns == ["id", "name"])
        #expect(Reading("\u{FEFF}\"id\",name\n1,x\n").columns == ["id", "name"])
    }

    @Test func `an empty value is missing, and by default two quotation marks, too`() {
        let text = "a,b,c\n,\"\",x\n"

        #expect(Reading(text).rows == [[nil, nil, "x"]])
        #expect(Reading(text, settings: .exact).rows == [[nil, "", "x"]])
    }

    @Test func `in one column a blank line is a row without a value`() {
        #expect(Reading("a\n1\n\n2\n\n").rows == [["1"], [nil], ["2"], [nil]])
    }

    @Test func `one delimiter too many at the end of lines is let pass`() {
        #expect(Reading("a,b\n1,2,\n3,4\n").rows == [["1", "2"], ["3", "4"]])
        #expect(Reading("a,b,\n1,2,\n3,4\n").rows == [["1", "2"], ["3", "4"]])
        #expect(Reading("a,b,\n1,2,3\n").fault?.reason == .ragged(values: 3, columns: 2))
    }

    @Test func `a quotation mark inside a value is a quotation mark`() {
        #expect(Reading("a,b\n5\" pipe,x\"\"y\n").rows == [["5\" pipe", "x\"\"y"]])
    }

    @Test func `blanks around quotation marks do not count`() {
        #expect(Reading("a,b\n  \"x, y\"  , z \n").rows == [["x, y", " z "]])
    }

    @Test func `characters of all lengths come through`() {
        let words = ["é", "ß", "中文", "👩‍👩‍👧", "\u{10FFFF}", "ﬀ"]
        let text = "a,b\n" + words.map { "\($0),\"\($0)\"" }.joined(separator: "\n")

        for piece in [1, 2, 3, 64, 4_096] {
            #expect(Reading(text, piece: piece).rows == words.map { [$0, $0] })
        }
    }

    @Test func `a value as long as may be is read`() {
        let long = String(repeating: "x", count: 1_024)

        for piece in [1, 7, 1_000, 4_000] {
            let reading = Reading("a,b\n1,\"\(long)\"\n2,\(long)\n", piece: piece)
            #expect(reading.rows == [["1", long], ["2", long]])
        }
    }

    @Test func `only the columns that are asked for come, in that order`() throws {
        let text = "a,b,c\n1,2,3\n4,\"5\"\"\",6\n"
        let reader = try TableReader(PiecewiseSource(Array(text.utf8)), named: "t.csv", settings: .init())
        try reader.select(["c", "b"])

        var batch = TableBatch()
        #expect(try reader.read(into: &batch))
        #expect(batch.texts == [["3", "2"], ["6", "5\""]])
        #expect(try !reader.read(into: &batch) && batch.rowCount == 0)

        #expect(throws: TableFault(.noColumn("d", among: ["a", "b", "c"]), in: "t.csv")) {
            let reader = try TableReader(PiecewiseSource(Array(text.utf8)), named: "t.csv", settings: .init())
            try reader.select(["d"])
        }
    }

    @Test func `batches number their rows, and are not larger than they say`() throws {
        let count = 3 * TableBatch.mostRows + 5
        let text = "a,b\n" + (0..<count).map { "\($0)," }.joined(separator: "\n")
        let reader = try TableReader(PiecewiseSource(Array(text.utf8)), named: "t.csv", settings: .init())

        var batch = TableBatch()
        var seen = 0
        while try reader.read(into: &batch) {
            #expect(batch.firstRow == seen && (1...TableBatch.mostRows).contains(batch.rowCount))
            #expect(batch[0, 0] == "\(seen)" && batch[batch.rowCount - 1, 1] == nil)
            seen += batch.rowCount
        }
        #expect(seen == count && reader.progress.rows == count && reader.progress.share == 1)
    }

    @Test func `fields say where they lie and what they are`() throws {
        let text = "a,b\nxy,\"z\"\n"
        let reader = try TableReader(PiecewiseSource(Array(text.utf8)), named: "t.csv", settings: .init())
        var batch = TableBatch()
        #expect(try reader.read(into: &batch))

        batch.withFields { bytes, fields in
            #expect(fields.count == 2 && fields[0].length == 2 && !fields[0].isQuoted && fields[1].isQuoted)
            #expect(bytes[Int(fields[1].offset)] == UInt8(ascii: "z"))
        }
    }
}
