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
    private let layout: Layout
    private let fields: [Field]
    private var lent = Lent.nothing
    /// What was looked at ahead, kept so that looking is not left out.
    private var lookedAt: UInt8 = 0
    /// By column of the layout: its name, or nil for one that is joined of several.
    private let names: [String?]
    private let most: Int
    private let domains: [Int]
    /// By stranger and column: its text, and the records' code for it.
    private let columns: UnsafeMutablePointer<Value>
    private var taken = 0
    /// By stranger and field: its code once it is known, and where its text is.
    private let encoded: UnsafeMutablePointer<Encoded>
    private var bytes = Arena()
    /// Fields whose values no record has.
    private var unknown: [(number: Int, field: Int)] = []
    private var scratch: [UInt8] = []

    private struct Value {
        /// Nil when it is missing.
        var text: Text?
        var hash: UInt64 = 0
        /// 0 where no record has it.
        var code: UInt32 = 0
    }

    private struct Encoded {
        var isKnown = false
        var code: UInt32 = 0
        var text: Text = .empty
    }

    /// Room for so many.
    init(_ records: Records, _ rules: Rules, most: Int) {
        layout = records.layout
        self.most = most
        fields = rules.fields
        names = layout.columns.map { column in
            if case .column(let name) = column.expression { name } else { nil }
        }
        domains = layout.columns.map(\.domain)
        columns = .allocate(capacity: max(1, most * names.count))
        columns.initialize(repeating: Value(), count: max(1, most * names.count))
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
        taken = number + 1
        (encoded + number * fields.count).update(repeating: Encoded(), count: fields.count)
        for slot in names.indices {
            var value: String?
            if let name = names[slot] {
                value = values[name]
            } else {
                value = layout.columns[slot].derivation?.value(values)
            }
            columns[number * names.count + slot] = Value(text: value?.withUTF8 { bytes.add($0) })
        }
    }

    /// Finds the codes of the values that records have among what is lent, step by step for all of them together: to wait
    /// for one after the other to come from memory took most of the time. Codes and texts are known as long as it is lent.
    func borrow(_ lent: Lent) {
        self.lent = lent
        let present = (0..<taken * names.count).lazy.filter { [columns] in columns[$0].text != nil }
        for place in present {
            columns[place].hash = columns[place].text?.hash ?? 0
            columns[place].code = lent.texts[domains[place % names.count]].first(for: columns[place].hash)
        }
        for place in present {
            lookedAt ^= lent.texts[domains[place % names.count]].firstByte(of: columns[place].code)
        }
        for place in present {
            guard let text = columns[place].text else { continue }
            columns[place].code =
                lent.texts[domains[place % names.count]].found(text, hash: columns[place].hash) ?? 0
        }
    }

    /// The code of a stranger's field; 0 when it is missing.
    func code(_ number: Int, _ field: Int) -> UInt32 { encode(number, field).pointee.code }

    /// The text of a stranger's field that is not missing.
    func text(_ number: Int, _ field: Int) -> Text { encode(number, field).pointee.text }

    /// The bytes of a stranger's column; nil when it is missing.
    func bytes(_ number: Int, _ slot: Int) -> [UInt8]? {
        columns[number * names.count + slot].text.map { Array($0.bytes) }
    }

    private func encode(_ number: Int, _ field: Int) -> UnsafeMutablePointer<Encoded> {
        let place = encoded + number * fields.count + field
        if !place.pointee.isKnown { place.pointee = encoded(number, field) }
        return place
    }

    private func encoded(_ number: Int, _ field: Int) -> Encoded {
        var found = Encoded(isKnown: true)
        let column = columns[number * names.count + fields[field].slot]
        guard var text = column.text else { return found }
        if let map = fields[field].map {
            // What a rule made of letter groups has no text of its own.
            guard map < layout.maps.count else { return found }
            if column.code > 0 {
                found.code = lent.maps[map][Int(column.code)]
                if found.code > 0 { found.text = lent.texts[fields[field].domain][found.code] }
                return found
            }
            scratch.removeAll(keepingCapacity: true)
            guard layout.maps[map].derivation.append(text, to: &scratch) else { return found }
            text = scratch.withUnsafeBufferPointer { bytes.add($0) }
            found.code = lent.texts[fields[field].domain].found(text, hash: text.hash) ?? 0
        } else {
            found.code = column.code
        }
        found.text = text
        if found.code == 0 { found.code = ownCode(of: text, number, field) }
        return found
    }

    /// The code of a text that no record has: from the highest down.
    private func ownCode(of text: Text, _ number: Int, _ field: Int) -> UInt32 {
        for other in unknown where fields[other.field].domain == fields[field].domain {
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

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> Text {
        // A byte more, so that an empty text has an address.
        if blocks.isEmpty || used + text.count + 1 > (blocks.last?.count ?? 0) {
            blocks.append(.allocate(capacity: max(4096, 2 * (blocks.last?.count ?? 0), text.count + 1)))
            used = 0
        }
        guard let start = blocks[blocks.count - 1].baseAddress else { preconditionFailure("A block has an address.") }
        let place = start + used
        if let from = text.baseAddress { place.initialize(from: from, count: text.count) }
        used += text.count + 1
        return Text(of: UnsafeBufferPointer(start: place, count: text.count)) ?? .empty
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
