import Foundation
import Testing
import Values

@testable import Tables

/// Bytes that come in pieces of one size, as a slow pipe gives them.
final class PiecewiseSource: ByteSource {
    private let bytes: [UInt8]
    private let piece: Int
    private(set) var position = 0
    var total: Int? { bytes.count }

    init(_ bytes: [UInt8], piece: Int = .max) {
        self.bytes = bytes
        self.piece = piece
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, piece, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }
}

/// What came of reading: names, rows, and the fault at which it ended.
struct Reading: Equatable {
    var columns: [String] = []
    var rows: [[String?]] = []
    var fault: TableFault?

    /// Reads a text, in chunks and pieces of some size.
    init(_ text: String, piece: Int = 1 << 10, settings: TableReader.Settings = .init()) {
        self.init(Array(text.utf8), piece: piece, settings: settings)
    }

    init(_ bytes: [UInt8], piece: Int = 1 << 10, settings: TableReader.Settings = .init()) {
        self.init { () throws(TableFault) in
            try TableReader(
                PiecewiseSource(bytes, piece: piece), named: "t.csv", settings: settings, limits: .small(piece))
        }
    }

    init(_ open: () throws(TableFault) -> TableReader) {
        do throws(TableFault) {
            let reader = try open()
            columns = reader.columns
            var batch = TableBatch()
            while try reader.read(into: &batch) { rows += batch.texts }
        } catch {
            fault = error
        }
    }
}

extension TableBatch {
    /// All rows as texts.
    var texts: [[String?]] {
        (0..<rowCount).map { row in (0..<columnCount).map { self[row, $0] } }
    }
}

extension ChunkStream.Limits {
    /// Limits that are soon reached.
    static func small(_ chunk: Int) -> Self {
        Self(chunk: chunk, longestField: 1_024, longestRow: 8_192)
    }
}

extension TableReader.Settings {
    /// An empty text is not a missing one, and no rows are fine.
    static var exact: Self {
        var settings = Self()
        settings.quotedEmptyIsMissing = false
        settings.mayBeEmpty = true
        return settings
    }
}

/// A folder for one test, which goes when the test does.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "tables-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
        return self(name)
    }

    func bytes(of name: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: self(name)))) }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// Whether a command is on the PATH.
func isInstalled(_ command: String) -> Bool {
    let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(command)") }
}
