internal import Yams

/// What a scenario file says at one place, and in which line.
struct FileNode {
    enum Kind {
        case nothing
        case text(String)
        case list([FileNode])
        /// Keys are unique: the parser refuses a second one.
        case table([(key: String, node: FileNode)])
    }

    let line: Int
    let kind: Kind

    /// For a sentence such as "this is a list".
    var what: String {
        switch kind {
        case .nothing: "nothing"
        case .text: "a single value"
        case .list: "a list"
        case .table: "a table of keys"
        }
    }
}

extension FileNode {
    static let mostBytes = 4 << 20
    private static let mostNodes = 200_000
    private static let mostDepth = 24

    /// Reads YAML within bounds that keep a hostile file from harming.
    static func read(_ bytes: [UInt8]) throws(ScenarioFault) -> FileNode {
        guard bytes.count <= mostBytes else { throw ScenarioFault(at: "", "The file is larger than 4 MiB.") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ScenarioFault(at: "", "This is not UTF-8 text.")
        }
        try checkNesting(bytes)
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch {
            throw fault(error)
        }
        guard let node else { return FileNode(line: 1, kind: .nothing) }
        var count = 0
        return try read(node, depth: 0, count: &count)
    }

    /// The parser goes down one call per level, so that depth is bounded before it starts.
    private static func checkNesting(_ bytes: [UInt8]) throws(ScenarioFault) {
        var (open, line, lead, isLeading) = (0, 1, 0, true)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
            case 0x0A: (line, lead, isLeading) = (line + 1, -1, true)
            default: break
            }
            isLeading = isLeading && (byte == 0x0A || byte == 0x20 || "-?:".utf8.contains(byte))
            lead += isLeading ? 1 : 0
            guard open <= 4 * mostDepth, lead <= 8 * mostDepth else {
                throw ScenarioFault(at: "line \(line)", "This is nested too deep.")
            }
        }
    }

    private static func fault(_ error: any Error) -> ScenarioFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ScenarioFault(at: "line \(mark.line)", "This is not YAML: \(problem).")
        case .duplicatedKeysInMapping(let keys, let context):
            ScenarioFault(at: "line \(context.mark.line)", "The key \"\(keys.first ?? "")\" is there twice.")
        case .reader(let problem, _, _, _): ScenarioFault(at: "", "This is not YAML: \(problem).")
        default: ScenarioFault(at: "", "This is not YAML.")
        }
    }

    private static func read(_ node: Node, depth: Int, count: inout Int) throws(ScenarioFault) -> FileNode {
        let line = node.mark?.line ?? 1
        count += 1
        guard depth < mostDepth else { throw ScenarioFault(at: "line \(line)", "This is nested too deep.") }
        // A node that is referred to counts every time, or a short file could unfold without end.
        guard count < mostNodes else {
            throw ScenarioFault(at: "line \(line)", "The file holds more than \(mostNodes) values.")
        }
        switch node {
        case .scalar(let scalar):
            let isNothing = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            return FileNode(line: line, kind: isNothing ? .nothing : .text(scalar.string))
        case .sequence(let nodes):
            var items: [FileNode] = []
            for node in nodes { items.append(try read(node, depth: depth + 1, count: &count)) }
            return FileNode(line: line, kind: .list(items))
        case .mapping(let mapping):
            var entries: [(key: String, node: FileNode)] = []
            for (key, node) in mapping {
                guard case .scalar(let name) = key else {
                    throw ScenarioFault(at: "line \(line)", "A key must be a plain name.")
                }
                entries.append((name.string, try read(node, depth: depth + 1, count: &count)))
            }
            return FileNode(line: line, kind: .table(entries))
        case .alias: throw ScenarioFault(at: "line \(line)", "References (*) are not read.")
        }
    }
}
