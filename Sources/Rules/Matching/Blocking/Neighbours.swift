extension Records {
    /// The place of each row, from 1, when sorted by the texts of fields; 0 where one is missing. Ties
    /// are in the order of the sources' and the records' names, so that the order of rows does not matter.
    ///
    /// Eight bytes per row while sorting, however many fields.
    func order(by fields: [Field]) -> [UInt32] {
        var places = [UInt32](repeating: 1, count: count)
        for field in fields {
            let ranks = ranks(of: field)
            var entries: [UInt64] = []
            entries.reserveCapacity(count)
            for row in 0..<count {
                let rank = ranks[Int(code(row, field))]
                entries.append(places[row] == 0 || rank == 0 ? 0 : UInt64(places[row]) << 32 | UInt64(rank))
            }
            number(&places, by: entries)
        }
        var order: [UInt64] = []
        for row in 0..<count where places[row] > 0 { order.append(UInt64(places[row]) << 32 | UInt64(row)) }
        order.sort()
        sortTies(&order)
        for (place, entry) in order.enumerated() { places[Int(entry & 0xffff_ffff)] = UInt32(place + 1) }
        return places
    }

    private func sortTies(_ order: inout [UInt64]) {
        let bySource = sources.indices.sorted { sources[$0].name < sources[$1].name }
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, order[end] >> 32 == order[start] >> 32 { end += 1 }
            if end - start > 1 {
                order[start..<end].sort { one, other in
                    isNamed(Int(one & 0xffff_ffff), before: Int(other & 0xffff_ffff), bySource)
                }
            }
            start = end
        }
    }

    private func isNamed(_ one: Int, before other: Int, _ bySource: [Int]) -> Bool {
        let (source, otherSource) = (source(of: one), source(of: other))
        if source != otherSource {
            return bySource.firstIndex(of: source) ?? 0 < bySource.firstIndex(of: otherSource) ?? 0
        }
        let start = sources[source].rows.lowerBound
        return names[source].withTexts { $0[UInt32(one - start + 1)].precedes($0[UInt32(other - start + 1)]) }
    }

    /// The place of each code's text among all, from 1.
    private func ranks(of field: Field) -> [UInt32] {
        let order = vocabularies[field.domain].withTexts { texts in
            (1..<UInt32(max(1, texts.count))).sorted { texts[$0].precedes(texts[$1]) }
        }
        var ranks = [UInt32](repeating: 0, count: order.count + 1)
        for (place, code) in order.enumerated() { ranks[Int(code)] = UInt32(place + 1) }
        return ranks
    }

    /// Gives each row the number of its key among the different ones; 0 for rows without one.
    private func number(_ places: inout [UInt32], by keys: [UInt64]) {
        var distinct = keys.filter { $0 > 0 }.sorted()
        var kept = 0
        for place in distinct.indices where kept == 0 || distinct[kept - 1] != distinct[place] {
            distinct[kept] = distinct[place]
            kept += 1
        }
        for row in keys.indices {
            var (low, high) = (0, kept)
            while low < high {
                let middle = (low + high) / 2
                if distinct[middle] < keys[row] { low = middle + 1 } else { high = middle }
            }
            places[row] = keys[row] == 0 ? 0 : UInt32(low + 1)
        }
    }
}

extension Text {
    /// Whether it stands before another, byte by byte, which for UTF-8 is scalar by scalar.
    func precedes(_ other: Text) -> Bool {
        bytes.lexicographicallyPrecedes(other.bytes)
    }
}
