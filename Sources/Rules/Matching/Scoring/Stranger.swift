/// A record that is not among those that were read: encoded as they are, with codes of its own for values they lack.
///
/// Its texts live in memory that is given back with `deallocate`.
struct Stranger {
    /// Strangers' rows in a block count from here.
    static let firstRow = UInt32.max - 15

    /// By field.
    let codes: [UInt32]
    private let starts: [UnsafeMutablePointer<UInt8>]
    private let counts: [Int]

    fileprivate init(codes: [UInt32], texts: [[UInt8]]) {
        self.codes = codes
        counts = texts.map(\.count)
        starts = texts.map { bytes in
            let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
            for (place, byte) in bytes.enumerated() { (memory + place).initialize(to: byte) }
            return memory
        }
    }

    func text(_ field: Int) -> Text {
        let bytes = UnsafeBufferPointer(start: starts[field], count: counts[field])
        return Text(of: bytes) ?? Text(start: UnsafePointer(starts[field]), count: 0, isASCII: true)
    }

    func deallocate() {
        for start in starts { start.deallocate() }
    }
}

/// Encodes strangers. Values that no record has get codes from the top, the same value always the same.
struct Strangers {
    private let records: Records
    private let rules: Rules
    /// The records' vocabularies, opened for finding.
    private let vocabularies: [Vocabulary]
    private var own: [Own: UInt32] = [:]

    private struct Own: Hashable {
        let domain: Int
        let bytes: [UInt8]
    }

    init(_ records: Records, _ rules: Rules, _ vocabularies: [Vocabulary]) {
        self.records = records
        self.rules = rules
        self.vocabularies = vocabularies
    }

    /// A stranger of a record's values by column.
    mutating func stranger(_ values: [String: String]) -> Stranger {
        let layout = records.layout
        var texts: [[UInt8]] = []
        var codes: [UInt32] = []
        let columns = layout.columns.map { column -> [UInt8]? in
            if case .column(let name) = column.expression { return values[name].map { Array($0.utf8) } }
            return column.derivation?.value(values).map { Array($0.utf8) }
        }
        for field in rules.fields {
            let bytes = columns[field.slot].flatMap { derived($0, by: field) }
            texts.append(bytes ?? [])
            codes.append(bytes.map { code(of: $0, in: field.domain) } ?? 0)
        }
        return Stranger(codes: codes, texts: texts)
    }

    private func derived(_ bytes: [UInt8], by field: Field) -> [UInt8]? {
        guard let map = field.map else { return bytes }
        // What a rule made of letter groups has no text of its own.
        guard map < records.layout.maps.count else { return nil }
        var output: [UInt8] = []
        let isPresent = withText(of: bytes) { records.layout.maps[map].derivation.append($0, to: &output) }
        return isPresent ? output : nil
    }

    private mutating func code(of bytes: [UInt8], in domain: Int) -> UInt32 {
        if let known = withText(of: bytes, { vocabularies[domain].found($0) }) { return known }
        let next = UInt32.max - UInt32(own.count)
        let key = Own(domain: domain, bytes: bytes)
        let code = own[key] ?? next
        own[key] = code
        return code
    }

    private func withText<Result>(of bytes: [UInt8], _ body: (Text) -> Result) -> Result {
        // A byte more, so that an empty text has an address.
        (bytes + [0]).withUnsafeBufferPointer { buffer in
            guard let text = Text(of: UnsafeBufferPointer(rebasing: buffer.dropLast())) else {
                preconditionFailure("A buffer with a byte has an address.")
            }
            return body(text)
        }
    }
}
