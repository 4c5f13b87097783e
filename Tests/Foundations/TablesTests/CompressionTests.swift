import Foundation
import Testing

@testable import Tables

struct CompressionTests {
    private let folder: Folder
    private let rows = (0..<300).map { ["\($0)", "name \($0 * 7_919 % 1_000)"] }

    init() throws { folder = try Folder() }

    private func write(_ name: String) throws -> [UInt8] {
        let writer = try TableWriter(folder(name), columns: ["id", "name"])
        for row in rows { try writer.append(row: row) }
        try writer.finish()
        return try folder.bytes(of: name)
    }

    private func reading(_ name: String) -> Reading {
        Reading { () throws(TableFault) in try TableReader(folder(name)) }
    }

    @Test(arguments: ["t.csv.gz", "t.csv.zst"])
    func `compressed tables are known by their bytes, not their names`(name: String) throws {
        let bytes = try write(name)
        #expect(bytes.count < rows.count * 10)

        _ = try folder.write(bytes, to: "plain")
        #expect(reading("plain").rows == rows)
    }

    @Test(arguments: ["t.csv.gz", "t.csv.zst"])
    func `several compressed pieces in one file are one table`(name: String) throws {
        let bytes = try write(name)
        _ = try folder.write(bytes + bytes, to: name)

        // The second piece brings the names again, as a row.
        #expect(reading(name).rows == rows + [["id", "name"]] + rows)
    }

    @Test(arguments: [("t.csv.gz", "gzip"), ("t.csv.zst", "zstd")])
    func `a compressed table that was cut off is refused`(name: String, format: String) throws {
        let bytes = try write(name)

        for length in [5, 20, bytes.count / 2, bytes.count - 1] {
            _ = try folder.write(bytes.prefix(length), to: name)
            #expect(reading(name).fault?.reason == .cutShort(format), "\(length)")
        }
    }

    @Test(arguments: ["t.csv.gz", "t.csv.zst"])
    func `a damaged compressed table is refused, never wrongly read`(name: String) throws {
        let bytes = try write(name)

        for place in stride(from: 4, to: bytes.count, by: max(1, bytes.count / 40)) {
            var damaged = bytes
            damaged[place] ^= 0x55
            _ = try folder.write(damaged, to: name)
            let reading = reading(name)
            #expect(reading.fault != nil || reading.rows == rows, "\(place)")
        }
    }

    @Test func `zeros behind gzip do not count, other bytes do`() throws {
        let bytes = try write("t.csv.gz")

        _ = try folder.write(bytes + [0, 0, 0], to: "t.csv.gz")
        #expect(reading("t.csv.gz").rows == rows)
        _ = try folder.write(bytes + Array("hello".utf8), to: "t.csv.gz")
        #expect(reading("t.csv.gz").fault != nil)
    }

    @Test func `progress counts compressed bytes`() throws {
        let bytes = try write("t.csv.gz")
        let reader = try TableReader(folder("t.csv.gz"))
        var batch = TableBatch()
        while try reader.read(into: &batch) {}

        #expect(reader.progress == TableProgress(bytesRead: bytes.count, bytesTotal: bytes.count, rows: rows.count))
    }

    @Test(
        arguments: [
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .oldExcel), ([0x50, 0x4B, 3, 4], .zipped),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .compressedOtherwise("xz")),
            (Array("BZh91AY".utf8), .compressedOtherwise("bzip2")),
        ] as [([UInt8], TableFault.Reason)])
    func `what is known and not read is refused by name`(bytes: [UInt8], reason: TableFault.Reason) throws {
        let path = try folder.write(bytes, to: "t.csv")

        #expect(reading("t.csv").fault == TableFault(reason, in: path))
    }
}
