import Foundation
import Testing

@testable import Tables

@Suite(.enabled(if: isInstalled("duckdb"), "the duckdb command is not on the PATH"))
struct DuckDBTests {
    private let folder: Folder
    private let rows: [[String?]] = [["1", "Bram, \"the\nTall\"", "0.5"], ["2", nil, "2.0"], ["3", "", nil]]

    init() throws { folder = try Folder() }

    private func write(_ path: String) throws {
        let columns: [TableColumn] = [TableColumn("id", .integer), "a \"name\"", TableColumn("weight", .number)]
        let writer = try TableWriter(path, columns: columns)
        for row in rows { try writer.append(row: row) }
        try writer.finish()
    }

    private func reading(_ path: String, table: String? = nil) -> Reading {
        var settings = TableReader.Settings()
        settings.table = table
        return Reading { () throws(TableFault) in try TableReader(path, settings: settings) }
    }

    private func run(_ database: String, _ statement: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["duckdb", database, "-c", statement]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }

    @Test(arguments: [
        "t.parquet", "it's; DROP TABLE x --.parquet", "b*[x]?{a,b}.parquet", "-c.parquet",
        "two\nlines $(id) `id`.parquet",
        "back\\slash.parquet", "\"中\".parquet", "year=2026.parquet",
    ])
    func `Parquet is written and read, whatever its file is called`(name: String) throws {
        try write(folder(name))

        let reading = reading(folder(name))
        #expect(reading.fault == nil && reading.columns == ["id", "a \"name\"", "weight"] && reading.rows == rows)
        #expect(try folder.names == [name])
    }

    @Test func `a name that cannot be told to the command is refused`() throws {
        #expect(throws: TableFault(.awkwardName, in: folder("a\\*.parquet"))) {
            try TableWriter(folder("a\\*.parquet"), columns: ["a"])
        }
        #expect(try folder.names.isEmpty)
    }

    @Test func `of Parquet only the columns that are asked for come`() throws {
        try write(folder("t.parquet"))
        let reader = try TableReader(folder("t.parquet"))
        try reader.select(["weight", "id"])
        var batch = TableBatch()

        #expect(try reader.read(into: &batch))
        #expect(batch.texts == [["0.5", "1"], ["2.0", "2"], [nil, "3"]])
    }

    @Test func `a folder that looks like a column is none`() throws {
        try FileManager.default.createDirectory(atPath: folder("year=2026"), withIntermediateDirectories: true)
        try write(folder("year=2026/t.parquet"))

        #expect(reading(folder("year=2026/t.parquet")).columns == ["id", "a \"name\"", "weight"])
    }

    @Test func `JSON is read`() throws {
        let path = try folder.write("[{\"id\": 1, \"name\": \"Amina\"}, {\"id\": 2, \"name\": null}]".utf8, to: "t.txt")

        #expect(reading(path).rows == [["1", "Amina"], ["2", nil]])
    }

    @Test func `of a database the only table is read, or the one that is named`() throws {
        let path = folder("it's.duckdb")
        try run(path, "CREATE TABLE \"the \"\"first\" AS SELECT 1 AS id")
        #expect(reading(path).rows == [["1"]])

        try run(path, "CREATE TABLE second AS SELECT 2 AS id")
        #expect(reading(path).fault == TableFault(.whichTable(["second", "the \"first"]), in: path))
        #expect(reading(path, table: "second").rows == [["2"]])
        #expect(reading(path, table: "third").fault?.sentence.contains("third") == true)
    }

    @Test func `what the command complains of is passed on`() throws {
        let path = try folder.write(Array("PAR1 this is no Parquet at all".utf8), to: "t.parquet")

        guard case .command("duckdb", let words) = reading(path).fault?.reason else {
            Issue.record("no fault of the command")
            return
        }
        #expect(words.contains("t.parquet") && !words.contains("\n"))
    }

    @Test func `a reader that stops early leaves no child behind`() throws {
        try run(folder("d.duckdb"), "COPY (SELECT range AS id FROM range(5000000)) TO '\(folder("big.parquet"))'")
        let reader = try TableReader(folder("big.parquet"))
        var batch = TableBatch()

        #expect(try reader.read(into: &batch) && batch.rowCount == TableBatch.mostRows)
    }
}

struct MissingCommandTests {
    @Test func `a missing command is named, with how to get it`() throws {
        let folder = try Folder()
        let path = try folder.write(Array("PAR1".utf8), to: "t.parquet")
        var settings = TableReader.Settings()
        settings.duckdb = "no-such-duckdb"

        let fault = TableFault(.commandMissing("Parquet", "no-such-duckdb"), in: path)
        #expect(throws: fault) { try TableReader(path, settings: settings) }
        #expect(fault.sentence.contains("pip install duckdb-cli"))
        #expect(throws: TableFault(.commandMissing("Parquet", "no-such-duckdb"), in: folder("out.parquet"))) {
            try TableWriter(folder("out.parquet"), columns: ["a"], duckdb: "no-such-duckdb")
        }
        #expect(try folder.names == ["t.parquet"])
    }

    @Test func `a file that is not there, and a folder, are refused`() throws {
        let folder = try Folder()

        #expect(throws: TableFault(.missing, in: folder("no.csv"))) { try TableReader(folder("no.csv")) }
        #expect(throws: TableFault(.folder, in: folder.path)) { try TableReader(folder.path) }
    }
}
