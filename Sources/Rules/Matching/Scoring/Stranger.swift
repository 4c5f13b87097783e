/// The rows in a block of records that are not among those that were read.
enum Stranger {
    /// Strangers' rows count from here.
    static let firstRow = UInt32.max - 15
}

/// Records that are not among those that were read: encoded as they are, with codes of their own for values that the
/// records lack, the same value always the same.
///
/// A field is encoded when it is first asked for. Taking in the next ones uses the same memory again, so that nothing is
/// allocated for most.
final class Strangers {
    private let records: Records
    private let fields: [Field]
    /// By column of the layout: its name, or nil for one that is joined of several.
    private let names: [String?]
    private let most: Int
    /// By stranger and column: where its text is.
    private let columns: UnsafeMutablePointer<Place>
    /// By stranger and field: its code once it is known, and where its text is.
    private let encoded: UnsafeMutablePointer<Encoded>
    private var bytes = Arena()
    /// Fields whose values no record has.
    private var unknown: [(number: Int, field: Int)] = []
    private var scratch: [UInt8] = []

    /// A text among the bytes; a count below 0 means that there is none.
    private struct Place {
        var start: UnsafePointer<UInt8>
        var count: Int
    }

    private struct Encoded {
        var isKnown = false
        var code: UInt32 = 0
        var text: Text = .empty
    }

    /// Room for so many.
    init(_ records: Records, _ rules: Rules, most: Int) {
        self.records = records
        self.most = most
        fields = rules.fields
        names = records.layout.columns.map { column in
            if case .column(let name) = column.expression { name } else { nil }
        }
        columns = .allocate(capacity: max(1, most * names.count))
        columns.initialize(repeating: Place(start: Text.empty.start, count: -1), count: max(1, most * names.count))
        encoded = .allocate(capacity: max(1, most * fields.count))
        encoded.initialize(repeating: Encoded(), count: max(1, most * fields.count))
    }

    deinit {
        columns.deallocate()
        encoded.deallocate()
        bytes.deallocate()
    }

    /// Takes in the first stranger and forgets all others.
    func begin(_ values: [String: String]) {
        bytes.removeAll()
        unknown.removeAll(keepingCapacity: true)
        take(0, values)
    }

    /// Takes in a stranger's values by column; what is missing is left out.
    func take(_ number: Int, _ values: [String: String]) {
        precondition(number < most, "There is room for \(most) strangers.")
        (encoded + number * fields.count).update(repeating: Encoded(), count: fields.count)
        for slot in names.indices {
            var value: String?
            if let name = names[slot] {
                value = values[name]
            } else {
                value = records.layout.columns[slot].derivation?.value(values)
            }
            let place = value?.withUTF8 { bytes.add($0) }
            columns[number * names.count + slot] = Place(
                start: place ?? Text.empty.start, count: value?.utf8.count ?? -1)
        }
    }

    /// The code of a stranger's field; 0 when it is missing.
    func code(_ number: Int, _ field: Int) -> UInt32 { encode(number, field).pointee.code }

    /// The text of a stranger's field that is not missing; valid until the next strangers come.
    func text(_ number: Int, _ field: Int) -> Text { encode(number, field).pointee.text }

    /// The bytes of a stranger's column; nil when it is missing.
    func bytes(_ number: Int, _ slot: Int) -> [UInt8]? {
        let place = columns[number * names.count + slot]
        return place.count < 0 ? nil : Array(UnsafeBufferPointer(start: place.start, count: place.count))
    }

    private func encode(_ number: Int, _ field: Int) -> UnsafeMutablePointer<Encoded> {
        let place = encoded + number * fields.count + field
        guard !place.pointee.isKnown else { return place }
        place.pointee.isKnown = true
        guard let text = derived(columns[number * names.count + fields[field].slot], by: fields[field]) else {
            return place
        }
        place.pointee.text = text
        place.pointee.code = code(of: text, number, field)
        return place
    }

    private func derived(_ column: Place, by field: Field) -> Text? {
        guard column.count >= 0 else { return nil }
        let text = Text(of: UnsafeBufferPointer(start: column.start, count: column.count)) ?? .empty
        guard let map = field.map else { return text }
        // What a rule made of letter groups has no text of its own.
        guard map < records.layout.maps.count else { return nil }
        scratch.removeAll(keepingCapacity: true)
        guard records.layout.maps[map].derivation.append(text, to: &scratch) else { return nil }
        let count = scratch.count
        let start = scratch.withUnsafeBufferPointer { bytes.add($0) }
        return Text(of: UnsafeBufferPointer(start: start, count: count)) ?? .empty
    }

    private func code(of text: Text, _ number: Int, _ field: Int) -> UInt32 {
        let domain = fields[field].domain
        if let known = records.vocabularies[domain].found(text) { return known }
        for other in unknown where fields[other.field].domain == domain {
            let same = encoded[other.number * fields.count + other.field]
            if same.text.bytes.elementsEqual(text.bytes) { return same.code }
        }
        unknown.append((number, field))
        return UInt32.max - UInt32(unknown.count - 1)
    }
}

/// Bytes that stay where they are until all are removed.
private struct Arena {
    private var blocks: [UnsafeMutableBufferPointer<UInt8>] = []
    private var used = 0

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8> {
        // A byte more, so that an empty text has an address.
        if blocks.isEmpty || used + text.count + 1 > (blocks.last?.count ?? 0) {
            blocks.append(.allocate(capacity: max(4096, 2 * (blocks.last?.count ?? 0), text.count + 1)))
            used = 0
        }
        guard let start = blocks[blocks.count - 1].baseAddress else { preconditionFailure("A block has an address.") }
        let place = start + used
        if let from = text.baseAddress { place.initialize(from: from, count: text.count) }
        used += text.count + 1
        return UnsafePointer(place)
    }

    /// Keeps the largest block.
    mutating func removeAll() {
        used = 0
        while blocks.count > 1 { blocks.removeFirst().deallocate() }
    }

    func deallocate() {
        for block in blocks { block.deallocate() }
    }
}
