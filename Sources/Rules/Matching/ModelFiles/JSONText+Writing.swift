extension FileValue {
    /// As JSON, indented by four spaces as the peer does it, without a line break at the end.
    func json(indent: Int = 0) -> String {
        let inner = String(repeating: " ", count: indent + 4)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .nothing: return "null"
        case .truth(let truth): return truth ? "true" : "false"
        case .number(_, let written): return written
        case .text(let text): return text.json
        case .list(let items):
            guard !items.isEmpty else { return "[]" }
            let lines = items.map { inner + $0.json(indent: indent + 4) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        case .table(let entries):
            guard !entries.isEmpty else { return "{}" }
            let lines = entries.map { "\(inner)\($0.key.json): \($0.value.json(indent: indent + 4))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        }
    }
}

extension String {
    /// As a JSON text, in quotes.
    var json: String {
        var json = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}
