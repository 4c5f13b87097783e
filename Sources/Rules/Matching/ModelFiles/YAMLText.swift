import Yams

/// Reads YAML into what a model file says, within bounds that keep a hostile file from harming.
enum YAMLText {
    static func read(_ bytes: [UInt8]) throws(ModelFault) -> FileValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ModelFault(at: "", "this is not UTF-8 text.")
        }
        try checkNesting(bytes)
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch {
            throw fault(error)
        }
        guard let node else { return .nothing }
        var count = 0
        return try value(of: node, depth: 0, count: &count)
    }

    /// The parser goes down one call per level, so that depth is bounded before it starts.
    private static func checkNesting(_ bytes: [UInt8]) throws(ModelFault) {
        var open = 0
        var line = 1
        var lead = 0
        var isLeading = true
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
            case 0x0A:
                line += 1
                isLeading = true
                lead = -1
            default: break
            }
            isLeading = isLeading && (byte == 0x0A || byte == 0x20 || "-?:".utf8.contains(byte))
            lead += isLeading ? 1 : 0
            guard open <= 4 * FileLimit.depth, lead <= 8 * FileLimit.depth else {
                throw ModelFault(at: "line \(line)", "this is nested too deep.")
            }
        }
    }

    private static func fault(_ error: any Error) -> ModelFault {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ModelFault(at: "line \(mark.line), column \(mark.column)", "this is not YAML: \(problem).")
        case .duplicatedKeysInMapping(let keys, let context):
            ModelFault(at: "line \(context.mark.line)", "the key \(quoted(keys.first ?? "")) is there twice.")
        case .reader(let problem, _, _, _): ModelFault(at: "", "this is not YAML: \(problem).")
        default: ModelFault(at: "", "this is not YAML.")
        }
    }

    private static func value(of node: Node, depth: Int, count: inout Int) throws(ModelFault) -> FileValue {
        let line = node.mark.map { "line \($0.line)" } ?? ""
        guard depth < FileLimit.depth else { throw ModelFault(at: line, "this is nested too deep.") }
        count += 1
        // A node that is referred to counts every time, or a short file could unfold without end.
        guard count < FileLimit.values else {
            throw ModelFault(at: line, "the file holds more than \(FileLimit.values) values.")
        }
        switch node {
        case .scalar(let scalar): return value(of: scalar)
        case .sequence(let nodes):
            var items: [FileValue] = []
            for node in nodes { items.append(try value(of: node, depth: depth + 1, count: &count)) }
            return .list(items)
        case .mapping(let mapping):
            var entries: [FileValue.Entry] = []
            for (key, node) in mapping {
                guard case .scalar(let name) = key else { throw ModelFault(at: line, "a key must be a plain name.") }
                let value = try value(of: node, depth: depth + 1, count: &count)
                entries.append(FileValue.Entry(key: name.string, value: value))
            }
            return .table(entries)
        case .alias: throw ModelFault(at: line, "references (*) are not read.")
        }
    }

    /// Only `true`, `false`, `null` and numbers are more than text, and only without quotes: a town called No is one.
    private static func value(of scalar: Node.Scalar) -> FileValue {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return .nothing
        case "true": return .truth(true)
        case "false": return .truth(false)
        case ".nan", ".NaN": return .number(.nan, scalar.string)
        case ".inf", "+.inf": return .number(.infinity, scalar.string)
        case "-.inf": return .number(-.infinity, scalar.string)
        default: return plainNumber(scalar.string).map { .number($0, scalar.string) } ?? .text(scalar.string)
        }
    }
}
