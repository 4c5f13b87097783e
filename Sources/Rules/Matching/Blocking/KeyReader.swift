/// Reads the keys of one side of a rule, row after row.
struct KeyReader {
    private let records: Records
    private let fields: [Field]
    private let maps: [Kept<UInt32>]
    private let elements: [ElementCodes]
    private let gate: KeyGate?

    /// The left or the right records' keys.
    init(_ rule: Rules.Rule, areRight: Bool, _ rules: Rules, _ records: Records) {
        self.records = records
        gate = rule.gate
        fields = (areRight ? rule.fieldsOfRight : rule.fieldsOfLeft).map { rules.fields[$0] }
        maps = fields.map { field in
            field.map.map { $0 < records.maps.count ? records.maps[$0] : rules.maps[$0 - records.maps.count] } ?? Kept()
        }
        elements = rule.exploded.map { areRight ? $0.right : $0.left }
    }

    /// Calls the body with the hash of every key of every row that lacks no part of it.
    @inline(__always)
    func each(_ body: (UInt64, UInt32) -> Void) {
        let portion = Records.portion
        withUnsafeTemporaryAllocation(of: KeyHash.self, capacity: portion) { hashes in
            withUnsafeTemporaryAllocation(of: Bool.self, capacity: portion) { isWhole in
                records.eachPortion { rows in
                    let first = rows.lowerBound
                    fill(hashes, isWhole, from: first, count: rows.count)
                    for place in 0..<rows.count where isWhole[place] {
                        if elements.isEmpty {
                            body(hashes[place].value, UInt32(first + place))
                        } else {
                            each(hashes[place], row: first + place, from: 0) { body($0, UInt32(first + place)) }
                        }
                    }
                }
            }
        }
    }

    /// Hashes the codes of some rows, field after field.
    private func fill(
        _ hashes: UnsafeMutableBufferPointer<KeyHash>, _ isWhole: UnsafeMutableBufferPointer<Bool>, from first: Int,
        count: Int
    ) {
        for place in 0..<count {
            hashes[place] = KeyHash()
            isWhole[place] = true
        }
        let width = records.layout.columns.count
        records.codes.withUnsafeBufferPointer { codes in
            for (number, field) in fields.enumerated() {
                maps[number].withUnsafeBufferPointer { map in
                    var at = first * width + field.slot
                    for place in 0..<count {
                        let code = field.map == nil ? codes[at] : map[Int(codes[at])]
                        hashes[place].add(code)
                        if code == 0 { isWhole[place] = false }
                        at += width
                    }
                }
                if let gate, gate.keys == number + 1 {
                    for place in 0..<count where isWhole[place] { isWhole[place] = gate.lets(hashes[place].value) }
                }
            }
        }
    }

    /// Every combination of one element of each array.
    private func each(_ hash: KeyHash, row: Int, from number: Int, _ body: (UInt64) -> Void) {
        guard number < elements.count else { return body(hash.value) }
        let code = records.codes[row * records.layout.columns.count + elements[number].slot]
        for element in elements[number][code] {
            var longer = hash
            longer.add(element)
            each(longer, row: row, from: number + 1, body)
        }
    }
}
