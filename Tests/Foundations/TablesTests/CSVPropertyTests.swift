import Testing
import Values

@testable import Tables

struct CSVPropertyTests {
    /// A parser that looks at one byte after the other, to compare with; nil where there is a fault.
    private func plainly(_ text: [UInt8]) -> [[String?]]? {
        var rows: [[String?]] = [], row: [String?] = [], value: [UInt8] = []
        var isQuoted = false, wasQuoted = false
        func end() {
            row.append(value.isEmpty && !wasQuoted ? nil : String(decoding: value, as: UTF8.self))
            value = []
            wasQuoted = false
        }
        for (index, byte) in text.enumerated() {
            let next = index + 1 < text.count ? text[index + 1] : nil
            if isQuoted {
                guard byte == UInt8(ascii: "\"") else { value.append(byte); continue }
                if next == UInt8(ascii: "\"") || value.last == 1 {
                    // A one marks the first of a pair.
                    if value.last == 1 { value.removeLast(); value.append(byte) } else { value.append(1) }
                } else {
                    isQuoted = false
                }
            } else if byte == UInt8(ascii: "\""), value.isEmpty, !wasQuoted {
                isQuoted = true
                wasQuoted = true
            } else if byte == UInt8(ascii: ",") {
                end()
            } else if byte == UInt8(ascii: "\n") {
                if row.isEmpty, value.isEmpty, !wasQuoted { continue }
                end()
                rows.append(row)
                row = []
            } else {
                guard !wasQuoted else { return nil }
                value.append(byte)
            }
        }
        return isQuoted ? nil : rows
    }

    @Test func `it reads what a plain parser reads`() {
        var chance = SeededChance(seed: 7)
        for _ in 0..<1_500 {
            let alphabet = ["a", "é", ",", ",", "\n", "\"", "\"", "\",\"", "\n\""]
            let body = (0..<chance.below(60)).map { _ in alphabet[chance.below(alphabet.count)] }.joined()
            let text = "c1,c2\n" + body + "\n"
            let reading = Reading(text, settings: .exact)
            guard let rows = plainly(Array(text.utf8)) else {
                #expect(reading.fault != nil, "\(text.debugDescription)")
                continue
            }
            let good = rows.dropFirst().prefix { $0.count == 2 || $0.count == 3 && $0[2] == nil }
            #expect(reading.rows == good.map { Array($0.prefix(2)) }, "\(text.debugDescription)")
            #expect((reading.fault == nil) == (good.count == rows.count - 1), "\(text.debugDescription)")
        }
    }

    @Test func `however bytes are cut into pieces, rows and faults are the same`() {
        var chance = SeededChance(seed: 11)
        let pieces = [
            "a", "é", "中", ",", ",", "\n", "\n", "\r", "\r\n", "\"", "\"\"", "\",\"", " ", " \"", "\u{0}", ";",
        ]
        for round in 0..<600 {
            var bytes = Array((round % 2 == 0 ? "n1,n2\n" : "").utf8)
            for _ in 0..<chance.below(40) {
                bytes += Array(pieces[chance.below(chance.below(20) == 0 ? 16 : 14)].utf8)
                if chance.below(60) == 0 { bytes.append(UInt8(0xC0 + chance.below(64))) }
            }
            let whole = Reading(bytes)
            for piece in [1, 2, 3, 7, 64] {
                #expect(Reading(bytes, piece: piece) == whole, "seed 11, round \(round), piece \(piece)")
            }
        }
    }

    @Test func `whatever bytes come, the end is rows or a sentence`() {
        var chance = SeededChance(seed: 13)
        let likely = Array("\",;\t|\n\r ab\u{FEFF}é".utf8)
        for _ in 0..<4_000 {
            let isWild = chance.below(3) == 0
            let bytes = (0..<chance.below(200)).map { _ in
                isWild || chance.below(50) == 0
                    ? UInt8(truncatingIfNeeded: chance.next()) : likely[chance.below(likely.count)]
            }
            let reading = Reading(bytes, piece: 1 + chance.below(300))
            #expect(!reading.rows.isEmpty || reading.fault?.sentence.isEmpty == false)
        }
    }

    @Test(arguments: ["t.csv", "t.csv.gz", "t.csv.zst", "t.tsv"])
    func `what was written is read again`(name: String) throws {
        var chance = SeededChance(seed: 17)
        let parts = ["a", "é", "中", ",", ";", "\t", "|", "\n", "\r", "\"", " ", "\u{FEFF}", "12"]
        func text() -> String { (0..<chance.below(6)).map { _ in parts[chance.below(parts.count)] }.joined() }
        let folder = try Folder()
        for round in 0..<40 {
            var columns: [String] = []
            for number in 0...chance.below(5) { columns.append("\(text())\(number)") }
            let rows = (0..<chance.below(50)).map { _ in columns.map { _ in chance.below(4) == 0 ? nil : text() } }

            let writer = try TableWriter(folder(name), columns: columns.map { TableColumn($0) })
            for row in rows { try writer.append(row: row) }
            try writer.finish()

            let reading = Reading { () throws(TableFault) in try TableReader(folder(name), settings: .exact) }
            #expect(
                reading.columns == columns && reading.rows == rows && reading.fault == nil, "seed 17, round \(round)")
        }
        #expect(try folder.names == [name])
    }

    @Test func `lines are counted as one by one`() {
        var chance = SeededChance(seed: 19)
        for _ in 0..<500 {
            let bytes = (0..<chance.below(3_000)).map { _ in [10, 13, 97, 98][chance.below(4)] as UInt8 }
            var slow = 0
            for (index, byte) in bytes.enumerated() {
                let isPair = index + 1 < bytes.count && bytes[index + 1] == 10
                if byte == 10 || byte == 13 && !isPair { slow += 1 }
            }
            #expect(bytes.withUnsafeBufferPointer { LineEnds.count(in: $0) } == slow)
        }
    }
}
