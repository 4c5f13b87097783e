import Foundation
import Testing

@testable import Tables

struct TableWriterTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func text(_ name: String) throws -> String { String(decoding: try folder.bytes(of: name), as: UTF8.self) }

    @Test func `values are quoted only where they must be`() throws {
        let writer = try TableWriter(folder("t.csv"), columns: ["a", "b;c", "d"])
        try writer.append(row: ["x y", "1,2", "say \"hi\""])
        writer.append("")
        writer.appendMissing()
        writer.append("two\nlines")
        try writer.endRow()
        writer.append(-7)
        writer.append(0.25)
        writer.append(nil as String?)
        try writer.endRow()
        try writer.finish()

        #expect(try text("t.csv") == "a,\"b;c\",d\nx y,\"1,2\",\"say \"\"hi\"\"\"\n\"\",,\"two\nlines\"\n-7,0.25,\n")
    }

    @Test func `whole numbers are written in all their digits`() throws {
        let numbers = [0, 7, -7, 10, 1_000_000, .max, .min]
        let writer = try TableWriter(folder("n.csv"), columns: [TableColumn("number", .integer)])
        for number in numbers {
            writer.append(number)
            try writer.endRow()
        }
        try writer.finish()

        #expect(try text("n.csv") == "number\n" + numbers.map { "\($0)\n" }.joined())
    }

    @Test func `the file is there only when it is whole`() throws {
        _ = try folder.write("before".utf8, to: "t.csv")
        let writer = try TableWriter(folder("t.csv"), columns: ["a"])
        for number in 0..<100_000 { try writer.append(row: ["\(number)"]) }

        #expect(try folder.names.count == 2 && text("t.csv") == "before")
        try writer.finish()
        #expect(try folder.names == ["t.csv"] && text("t.csv").utf8.count == 588_892)
    }

    @Test(arguments: ["t.csv", "t.csv.gz", "t.csv.zst"])
    func `a table that is settled is whole but for its name`(name: String) throws {
        let writer = try TableWriter(folder(name), columns: ["a"])
        try writer.append(row: ["1"])
        try writer.settle()
        try writer.settle()
        let draft = try #require(try folder.names.first)
        let settled = try folder.bytes(of: draft)

        #expect(try folder.names.count == 1 && draft != name)
        try writer.finish()
        #expect(try folder.names == [name] && folder.bytes(of: name) == settled)
    }

    @Test func `a table that is called off or forgotten leaves nothing`() throws {
        try TableWriter(folder("a.csv"), columns: ["a"]).cancel()
        let settled = try TableWriter(folder("c.csv"), columns: ["a"])
        try settled.settle()
        settled.cancel()
        do {
            let writer = try TableWriter(folder("b.csv.gz"), columns: ["a"])
            try writer.append(row: ["1"])
        }

        #expect(try folder.names.isEmpty)
    }

    @Test func `a folder and an input are not overwritten`() throws {
        let input = try folder.write("a\n1\n".utf8, to: "in.csv")
        try FileManager.default.createSymbolicLink(atPath: folder("link.csv"), withDestinationPath: input)

        #expect(throws: TableFault(.folder, in: folder.path)) { try TableWriter(folder.path, columns: ["a"]) }
        for name in ["in.csv", "./in.csv", "link.csv"] {
            #expect(throws: TableFault(.isInput, in: folder(name))) {
                try TableWriter(folder(name), columns: ["a"], inputs: ["-", input])
            }
        }
        #expect(try folder.names == ["in.csv", "link.csv"])
    }

    @Test func `what a link points to is replaced, with its permissions`() throws {
        let target = try folder.write("a\n".utf8, to: "real.csv")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
        try FileManager.default.createSymbolicLink(atPath: folder("link.csv"), withDestinationPath: target)

        let writer = try TableWriter(folder("link.csv"), columns: ["b"])
        try writer.finish()

        #expect(try text("real.csv") == "b\n" && folder.names == ["link.csv", "real.csv"])
        let permissions = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int
        #expect(permissions == 0o640)
    }

    @Test func `a full disk is refused with a sentence, and stays refused`() throws {
        let writer = try TableWriter("/dev/full", columns: ["a"])
        let fault = TableFault(.noRoom, in: "/dev/full")

        #expect(throws: fault) { for _ in 0..<100_000 { try writer.append(row: ["some text"]) } }
        #expect(throws: fault) { try writer.append(row: ["more"]) }
        #expect(throws: fault) { try writer.finish() }
    }

    @Test func `a place that is not there, and a form that is not written, are refused`() throws {
        #expect(throws: TableFault(.system("written", "No such file or directory"), in: folder("no/t.csv"))) {
            try TableWriter(folder("no/t.csv"), columns: ["a"])
        }
        #expect(throws: TableFault(.unknownOutput(".xlsx"), in: "t.xlsx")) { try TableWriter("t.xlsx", columns: ["a"]) }
        #expect(throws: TableFault(.badName, in: "")) { try TableWriter("", columns: ["a"]) }
    }

    @Test func `a device is written to as it is`() throws {
        let writer = try TableWriter("/dev/null", columns: ["a"])
        try writer.append(row: ["1"])
        try writer.finish()

        #expect(FileManager.default.fileExists(atPath: "/dev/null"))
    }
}
