extension Records {
    /// The place of each row, from 1, when sorted by the texts of fields; 0 where one is missing. Ties keep their order.
    func order(by fields: [Field]) -> [UInt32] {
        var ranks: [[UInt32]] = []
        for field in fields {
            let order = vocabularies[field.domain].withTexts { texts in
                (1..<UInt32(max(1, texts.count))).sorted { texts[$0].precedes(texts[$1]) }
            }
            var rank = [UInt32](repeating: 0, count: order.count + 1)
            for (place, code) in order.enumerated() { rank[Int(code)] = UInt32(place + 1) }
            ranks.append(rank)
        }
        var keys: [(key: [UInt32], row: UInt32)] = []
        for row in 0..<count {
            let key = fields.indices.map { ranks[$0][Int(code(row, fields[$0]))] }
            if !key.contains(0) { keys.append((key, UInt32(row))) }
        }
        keys.sort { $0.key == $1.key ? $0.row < $1.row : $0.key.lexicographicallyPrecedes($1.key) }
        var places = [UInt32](repeating: 0, count: count)
        for (place, entry) in keys.enumerated() { places[Int(entry.row)] = UInt32(place + 1) }
        return places
    }
}

extension Text {
    /// Whether it stands before another, byte by byte, which for UTF-8 is scalar by scalar.
    func precedes(_ other: Text) -> Bool {
        bytes.lexicographicallyPrecedes(other.bytes)
    }
}
