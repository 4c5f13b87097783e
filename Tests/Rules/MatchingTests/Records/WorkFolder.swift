import Foundation

@testable import Matching

/// A folder for one test, which goes with it.
final class WorkFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("matching-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        path = folder.path
    }

    var isEmpty: Bool { names.isEmpty }

    /// What is in it.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Spill {
    /// Writes after every few codes, and everything however small.
    static func small(to folder: String, beyond memory: Int) -> Spill {
        var spill = Spill(to: folder, beyond: memory)
        spill.codesAtOnce = 7
        spill.textsAtOnce = 1
        spill.leastBytes = 1
        return spill
    }
}
