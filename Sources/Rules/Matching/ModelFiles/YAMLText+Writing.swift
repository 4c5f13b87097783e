extension FileValue {
    /// As YAML, without a line break at the end: small things on one line, others line by line.
    func yaml(indent: Int = 0) -> String {
        let space = String(repeating: " ", count: indent)
        switch self {
        case .list(let items) where !items.isEmpty && !fitsLine(from: indent):
            return items.map { item in
                let text = item.yaml(indent: indent + 2)
                return "\n\(space)- " + (item.isBlock(from: indent + 2) ? String(text.dropFirst(indent + 3)) : text)
            }.joined()
        case .table(let entries) where !entries.isEmpty && !(indent > 0 && fitsLine(from: indent)):
            return entries.map { entry in
                let text = entry.value.yaml(indent: indent + 2)
                let isBlock = entry.value.isBlock(from: indent + 2)
                return "\n\(space)\(entry.key.yaml):\(isBlock ? "" : " ")\(text)"
            }.joined()
        default: return line
        }
    }

    private func isBlock(from indent: Int) -> Bool {
        switch self {
        case .list(let items): !items.isEmpty && !fitsLine(from: indent)
        case .table(let entries): !entries.isEmpty && !fitsLine(from: indent)
        default: false
        }
    }

    private func fitsLine(from indent: Int) -> Bool {
        switch self {
        case .list(let items): items.allSatisfy(\.isFlat) && line.count + indent < 100
        case .table(let entries): entries.allSatisfy(\.value.isFlat) && line.count + indent < 100
        default: true
        }
    }

    /// A plain value, or a list of plain ones.
    private var isFlat: Bool {
        switch self {
        case .list(let items): items.allSatisfy { if case .list = $0 { false } else { $0.isFlat } }
        case .table: false
        default: true
        }
    }

    private var line: String {
        switch self {
        case .nothing: "null"
        case .truth(let truth): truth ? "true" : "false"
        case .number(_, let written): written
        case .text(let text): text.yaml
        case .list(let items): "[\(items.map(\.line).joined(separator: ", "))]"
        case .table(let entries): "{\(entries.map { "\($0.key.yaml): \($0.value.line)" }.joined(separator: ", "))}"
        }
    }
}

extension String {
    /// As a YAML text, in quotes where it must be.
    var yaml: String {
        if isPlainYAML { return self }
        let isPrintable = unicodeScalars.allSatisfy {
            (0x20...0x7E).contains($0.value) || (0xA0...0xD7FF).contains($0.value)
        }
        if isPrintable, contains("\""), !contains("\u{2028}"), !contains("\u{2029}") {
            return "'\(replacing("'", with: "''"))'"
        }
        var text = "\""
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x0A: text += "\\n"
            case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFD:
                text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                text += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return text + "\""
    }

    private var isPlainYAML: Bool {
        guard let first = utf8.first else { return false }
        let isNumbered = (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first) && contains(" ")
        guard isLetter(first) || isNumbered else { return false }
        guard !["true", "false", "null"].contains(self), utf8.last != UInt8(ascii: " ") else { return false }
        return utf8.allSatisfy { byte in
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || [UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/")].contains(byte)
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
