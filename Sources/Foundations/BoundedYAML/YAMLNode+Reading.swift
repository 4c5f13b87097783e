internal import Yams

extension YAMLNode {
    /// Reads YAML within bounds that keep a hostile text from harming.
    ///
    /// Aliases (`*a`) are read as what they refer to, and tags as if they were not there.
    package static func read(_ bytes: [UInt8], within limits: YAMLLimits) throws(YAMLFault) -> YAMLNode {
        // Some editors begin with a mark of the byte order, which is no part of the text.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let text = String(validating: bytes, as: UTF8.self) else { throw YAMLFault("this is not UTF-8 text.") }
        try checkNesting(bytes, limits)
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch {
            throw fault(error)
        }
        guard let node else { return YAMLNode(line: 1, kind: .scalar("", isPlain: true)) }
        var count = 0
        return try read(node, depth: 0, count: &count, limits)
    }

    /// The parser goes down one call per level, so that depth is bounded before it starts.
    private static func checkNesting(_ bytes: [UInt8], _ limits: YAMLLimits) throws(YAMLFault) {
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
            // Brackets may stand in quotes, and a level may be indented by more than two spaces.
            guard open <= 4 * limits.depth, lead <= 8 * limits.depth else {
                throw YAMLFault(line: line, "this is nested too deep.")
            }
        }
    }

    private static func fault(_ error: any Error) -> YAMLFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            YAMLFault(line: mark.line, column: mark.column, "this is not YAML: \(problem).")
        case .duplicatedKeysInMapping(let keys, let context):
            YAMLFault(line: context.mark.line, "the key \"\(keys.first ?? "")\" is there twice.")
        case .reader(let problem, _, _, _): YAMLFault("this is not YAML: \(problem).")
        default: YAMLFault("this is not YAML.")
        }
    }

    private static func read(
        _ node: Node, depth: Int, count: inout Int, _ limits: YAMLLimits
    ) throws(YAMLFault) -> YAMLNode {
        let line = node.mark?.line ?? 1
        guard depth < limits.depth else { throw YAMLFault(line: line, "this is nested too deep.") }
        count += 1
        // A node that is referred to counts every time, or a short file could unfold without end.
        guard count < limits.nodes else {
            throw YAMLFault(line: line, "the file holds more than \(limits.nodes) values.")
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return YAMLNode(line: line, kind: .scalar(scalar.string, isPlain: isPlain))
        case .sequence(let nodes):
            var items: [YAMLNode] = []
            for node in nodes { items.append(try read(node, depth: depth + 1, count: &count, limits)) }
            return YAMLNode(line: line, kind: .list(items))
        case .mapping(let mapping):
            var entries: [(key: String, node: YAMLNode)] = []
            for (key, node) in mapping {
                guard case .scalar(let name) = key else {
                    throw YAMLFault(line: line, "a key must be a plain name.")
                }
                entries.append((name.string, try read(node, depth: depth + 1, count: &count, limits)))
            }
            return YAMLNode(line: line, kind: .table(entries))
        case .alias: throw YAMLFault(line: line, "references (*) are not read.")
        }
    }
}
