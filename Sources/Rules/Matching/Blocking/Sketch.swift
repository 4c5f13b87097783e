/// How texts are grouped by the letter groups they share: MinHash signatures, cut into bands.
///
/// Two texts whose sets of letter groups have the Jaccard similarity s meet in at least one of b bands of r hashes with
/// the probability 1 - (1 - s^r)^b. A. Broder, "On the resemblance and containment of documents" (1997).
struct Sketch {
    let grams: Int
    let bands: Int
    let rows: Int

    /// The group of a text in each band; the same bytes always fall into the same groups.
    func groups(of text: Text) -> [UInt64] {
        var signature = [UInt64](repeating: .max, count: bands * rows)
        let length = max(1, min(grams, text.count))
        for start in 0...(text.count - length) {
            let gram = Text(start: text.start + start, count: length, isASCII: text.isASCII).hash
            for place in signature.indices {
                let mixed = (gram ^ (UInt64(place) &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
                signature[place] = min(signature[place], mixed ^ mixed >> 32)
            }
        }
        return (0..<bands).map { band in
            signature[band * rows..<(band + 1) * rows].reduce(0x243f_6a88_85a3_08d3) {
                ($0 ^ $1) &* 0x9e37_79b9_7f4a_7c15
            }
        }
    }
}

extension Records {
    /// For each band, the group of each code of a field's column; 0 where there is none.
    func bands(of field: Field, _ sketch: Sketch) -> [[UInt32]] {
        let columnDomain = layout.columns[field.slot].domain
        let columnCodes = vocabularies[columnDomain].count + 1
        var maps = Array(repeating: [UInt32](repeating: 0, count: columnCodes), count: sketch.bands)
        var numbers: [[UInt64: UInt32]] = Array(repeating: [:], count: sketch.bands)
        vocabularies[field.domain].withTexts { texts in
            for column in 1..<UInt32(max(1, columnCodes)) {
                // Codes that came with what expressions made are in no record, and in no map.
                if let map = field.map, Int(column) >= self.maps[map].count { break }
                let code = field.map.map { self.maps[$0][Int(column)] } ?? column
                guard code != 0, texts[code].count > 0 else { continue }
                for (band, group) in sketch.groups(of: texts[code]).enumerated() {
                    let next = UInt32(numbers[band].count + 1)
                    let number = numbers[band][group] ?? next
                    numbers[band][group] = number
                    maps[band][Int(column)] = number
                }
            }
        }
        return maps
    }
}
