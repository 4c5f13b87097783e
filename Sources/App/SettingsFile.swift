import Configuration
import Foundation
import SystemPackage
import Yams

/// A file of settings, looked through before anything reads it: a name or a value that makes no sense is told by its
/// name, and what would trip the reader never reaches it.
struct SettingsFile {
    private let path: String
    /// Sentences; none when the file can be used.
    let problems: [String]
    private let isEmpty: Bool

    init(_ path: String) {
        self.path = path
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            isEmpty = true
            problems = ["The file \(path) cannot be read. Check that it is there, and its permissions."]
            return
        }
        do {
            let root = try Yams.compose(yaml: text)
            isEmpty = root == nil || root?.null != nil
            problems = isEmpty ? [] : SettingsFile.problems(of: root, in: path)
        } catch {
            isEmpty = true
            problems = ["\(path) is not well formed: \(error)."]
        }
    }

    /// What reads it; nil when there is nothing in it.
    func provider() async throws -> (any ConfigProvider)? {
        if isEmpty { return nil }
        do {
            if path.hasSuffix(".json") { return try await FileProvider<JSONSnapshot>(filePath: FilePath(path)) }
            return try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
        } catch {
            throw SettingsFault(problems: ["\(path) cannot be used: \(error)."])
        }
    }

    private static func problems(of root: Node?, in path: String) -> [String] {
        guard case .mapping(let tree)? = root else {
            return ["\(path) holds no settings: it should have lines like \"server:\"."]
        }
        let known = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.key, $0) })
        return leaves(of: tree).sorted { $0.key < $1.key }.compactMap { key, value in
            guard let setting = known[key] else {
                return "\(key) in \(path) is no setting. See touchdown.example.yaml."
            }
            return setting.problem(inFile: value).map { "\(key) in \(path) \($0)." }
        }
    }

    private static func leaves(of tree: Node.Mapping, under prefix: String = "") -> [(key: String, value: Node)] {
        tree.flatMap { name, value -> [(key: String, value: Node)] in
            let name = name.scalar?.string ?? "A list or a group as a name"
            let key = prefix.isEmpty ? name : "\(prefix).\(name)"
            if case .mapping(let branch) = value, !branch.isEmpty { return leaves(of: branch, under: key) }
            // A group that says nothing is no mistake.
            if Setting.isBranch(key), value.null != nil || value.mapping != nil { return [] }
            return [(key, value)]
        }
    }
}

extension Setting {
    /// What is wrong with a value as a file holds it: of another kind it would be read as if it were not there.
    fileprivate func problem(inFile value: Node) -> String? {
        if isList {
            guard let list = value.sequence, list.allSatisfy({ $0.scalar != nil && $0.null == nil }) else {
                return "must be a list of texts, as in [a, b]"
            }
            return problem(with: list.compactMap { $0.scalar?.string })
        }
        guard let text = value.scalar?.string else { return "must be one value" }
        if value.null != nil { return "has no value: give it one, or take the line away" }
        return problem(with: [text])
    }
}
