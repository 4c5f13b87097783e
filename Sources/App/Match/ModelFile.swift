import Foundation
import Matching

/// Writes models: Splink's JSON when the name ends in .json, else our YAML. All of it, or nothing.
enum ModelFile {
    static func write(_ model: Model, to path: String) throws {
        let text = path.hasSuffix(".json") ? try model.splinkJSON(file: path) : model.yaml()
        if path.hasSuffix(".json"), !model.leftOutOfSplink.isEmpty {
            Terminal.note(
                "\(path) leaves out what Splink's files cannot say: \(model.leftOutOfSplink.joined(separator: ", ")).")
        }
        try TextFile.write(text, to: path)
    }
}

/// Writes a text to a file: all of it, or nothing.
enum TextFile {
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw MatchFault(
                "\(path) cannot be written: \(error.localizedDescription) Check the folder and its permissions.")
        }
    }
}
