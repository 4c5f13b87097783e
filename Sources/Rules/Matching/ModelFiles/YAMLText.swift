internal import BoundedYAML

/// Reads YAML into what a model file says.
enum YAMLText {
    static func read(_ bytes: [UInt8]) throws(ModelFault) -> FileValue {
        do {
            let limits = YAMLLimits(depth: FileLimit.depth, nodes: FileLimit.values)
            return value(of: try YAMLNode.read(bytes, within: limits))
        } catch {
            let place = [error.line.map { "line \($0)" }, error.column.map { "column \($0)" }]
            throw ModelFault(at: place.compactMap(\.self).joined(separator: ", "), error.reason)
        }
    }

    private static func value(of node: YAMLNode) -> FileValue {
        switch node.kind {
        case .scalar(let text, let isPlain): isPlain ? plain(text) : .text(text)
        case .list(let items): .list(items.map(value(of:)))
        case .table(let entries): .table(entries.map { FileValue.Entry(key: $0.key, value: value(of: $0.node)) })
        }
    }

    /// Only `true`, `false`, `null` and numbers are more than text, and only without quotes: a town called No is one.
    private static func plain(_ text: String) -> FileValue {
        switch text {
        case "", "~", "null": .nothing
        case "true": .truth(true)
        case "false": .truth(false)
        case ".nan", ".NaN": .number(.nan, text)
        case ".inf", "+.inf": .number(.infinity, text)
        case "-.inf": .number(-.infinity, text)
        default: plainNumber(text).map { .number($0, text) } ?? .text(text)
        }
    }
}
