/// Reads JSON as the peer writes it: Python's, in which NaN and Infinity are numbers.
///
/// Written here because the order of keys, the digits of numbers and a key given twice matter, and none of these
/// survive the platform's own reader.
struct JSONText {
    private let bytes: [UInt8]
    private var at = 0
    private var values = 0

    /// Reads a whole file.
    static func read(_ bytes: [UInt8]) throws(ModelFault) -> FileValue {
        var text = JSONText(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { text.at = 3 }
        let value = try text.value(depth: 0)
        text.skipSpace()
        guard text.at == bytes.count else { throw text.fault("there is more after the end of the JSON") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func fault(_ reason: String) -> ModelFault {
        var line = 1
        var column = 1
        for byte in bytes.prefix(at) {
            line += byte == 0x0A ? 1 : 0
            column = byte == 0x0A ? 1 : column + 1
        }
        return ModelFault(at: "line \(line), column \(column)", "this is not JSON: \(reason).")
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] <= 0x20, bytes[at] == 0x20 || (0x09...0x0D).contains(bytes[at]) { at += 1 }
    }

    private mutating func takes(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(ModelFault) -> FileValue {
        guard depth < FileLimit.depth else { throw fault("it is nested more than \(FileLimit.depth) deep") }
        values += 1
        guard values < FileLimit.values else { throw fault("it holds more than \(FileLimit.values) values") }
        skipSpace()
        guard at < bytes.count else { throw fault("it ends too early") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try table(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(try string())
        default: return try word()
        }
    }

    private mutating func table(depth: Int) throws(ModelFault) -> FileValue {
        at += 1
        var entries: [FileValue.Entry] = []
        var keys: Set<String> = []
        if takes("}") { return .table([]) }
        repeat {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fault("a key in quotes is missing") }
            let key = try string()
            guard keys.insert(key).inserted else { throw fault("the key \(quoted(key)) is there twice") }
            guard takes(":") else { throw fault("a colon is missing after \(quoted(key))") }
            entries.append(FileValue.Entry(key: key, value: try value(depth: depth + 1)))
        } while takes(",")
        guard takes("}") else { throw fault("a comma or } is missing") }
        return .table(entries)
    }

    private mutating func list(depth: Int) throws(ModelFault) -> FileValue {
        at += 1
        var items: [FileValue] = []
        if takes("]") { return .list([]) }
        repeat { items.append(try value(depth: depth + 1)) } while takes(",")
        guard takes("]") else { throw fault("a comma or ] is missing") }
        return .list(items)
    }

    private mutating func word() throws(ModelFault) -> FileValue {
        let start = at
        while at < bytes.count, isWord(bytes[at]) { at += 1 }
        let word = String(decoding: bytes[start..<at], as: UTF8.self)
        switch word {
        case "null": return .nothing
        case "true": return .truth(true)
        case "false": return .truth(false)
        case "NaN": return .number(.nan, word)
        case "Infinity": return .number(.infinity, word)
        case "-Infinity": return .number(-.infinity, word)
        default:
            if let number = plainNumber(word) { return .number(number, word) }
            at = start
            throw fault(word.isEmpty ? "a value is missing" : "\(quoted(word)) is no value")
        }
    }

    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension JSONText {
    private mutating func string() throws(ModelFault) -> String {
        at += 1
        var text: [UInt8] = []
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            guard bytes[at] >= 0x20 else { throw fault("a text holds a raw line break or control character") }
            if bytes[at] == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else {
                text.append(bytes[at])
                at += 1
            }
        }
        guard at < bytes.count else { throw fault("a text does not end") }
        at += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("a text is not UTF-8") }
        return string
    }

    private mutating func escape(into text: inout [UInt8]) throws(ModelFault) {
        guard at + 1 < bytes.count else { throw fault("a text does not end") }
        let plain: UInt8? =
            switch bytes[at + 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes[at + 1]
            case UInt8(ascii: "b"): 8
            case UInt8(ascii: "f"): 12
            case UInt8(ascii: "n"): 10
            case UInt8(ascii: "r"): 13
            case UInt8(ascii: "t"): 9
            default: nil
            }
        if let byte = plain {
            text.append(byte)
            at += 2
            return
        }
        guard bytes[at + 1] == UInt8(ascii: "u"), var code = hex(at + 2) else { throw fault("an escape is unknown") }
        at += 6
        if code >= 0xD800, code < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u"), let low = hex(at + 2), low >= 0xDC00, low < 0xE000
        {
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            at += 6
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("an escape is half a character") }
        text.append(contentsOf: String(Character(scalar)).utf8)
    }

    private func hex(_ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        let digits = bytes[start..<start + 4]
        guard digits.allSatisfy({ UInt8(ascii: "+") != $0 && UInt8(ascii: "-") != $0 }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

/// A decimal number, and nothing else that the standard library would take for one, such as `nan` or `0x1p4`.
func plainNumber(_ text: String) -> Double? {
    guard let first = text.utf8.first, first != UInt8(ascii: "+") || text.utf8.count > 1 else { return nil }
    let allowed = text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
    return allowed ? Double(text) : nil
}

/// A text as it stands in messages, cut when long.
func quoted(_ text: String) -> String {
    let cut = text.unicodeScalars.prefix(60)
    let shown = String(String.UnicodeScalarView(cut.map { $0.value < 0x20 ? " " : $0 }))
    return "\"\(shown)\(cut.count < text.unicodeScalars.count ? "…" : "")\""
}
