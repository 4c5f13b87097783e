import ArgumentParser
import Foundation
import Tables

/// The files that a command will write: looked at before anything long begins, so that nobody hears after an hour that
/// a folder is not there.
struct MatchOutputs {
    enum Kind {
        case table, text
    }

    private var files: [(path: String, kind: Kind)] = []

    init(tables: [String?] = [], texts: [String?] = []) {
        files = tables.compactMap(\.self).map { ($0, .table) } + texts.compactMap(\.self).map { ($0, .text) }
    }

    var paths: [String] { files.map(\.path) }

    /// Refuses, as a wrong way to call, two outputs of one name, and a second one for the standard output.
    func validate(json: Bool) throws {
        for (number, path) in paths.enumerated() where paths[..<number].contains(path) {
            throw ValidationError("\(path) is named for two outputs. Give each a file of its own.")
        }
        if json, paths.contains("-") {
            throw ValidationError(
                "The standard output cannot take both a file (-) and the summary (--json). Give the file a name.")
        }
    }

    /// Makes sure that each can be written and is none of the inputs. Changes nothing.
    func check(inputs: [String]) throws {
        var places: [String: String] = [:]
        for file in files where !Draft.isStream(file.path) {
            if Draft.isFolder(file.path) { throw MatchFault("\(file.path): This is a folder. Name a file in it.") }
            let folder = Draft.folder(of: file.path)
            guard Draft.isFolder(folder) else {
                throw MatchFault("\(file.path): There is no folder \(folder). Make it first, or name another.")
            }
            guard access(folder, W_OK) == 0 else {
                throw MatchFault("\(file.path): The folder \(folder) cannot be written to. Name another.")
            }
            if let other = places.updateValue(file.path, forKey: Draft.place(of: file.path)) {
                throw MatchFault("\(other) and \(file.path) are one and the same file. Give each output its own.")
            }
            guard let real = try? Draft.resolved(file.path) else { continue }
            for input in inputs where (try? Draft.resolved(input)) == real {
                throw MatchFault("\(file.path): This is one of the inputs. Name another file for the output.")
            }
        }
        // Also finds endings that are not written, and that Parquet's command is missing.
        for file in files where file.kind == .table && !Draft.isStream(file.path) {
            try TableWriter(file.path, columns: ["probe"], inputs: inputs).cancel()
        }
    }
}
