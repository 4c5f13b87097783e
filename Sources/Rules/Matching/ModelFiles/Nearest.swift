/// The known name that was probably meant: the closest within two slips of the finger, or a third of the letters.
func nearest(_ name: String, among known: [String]) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let close = known.map { ($0, slips(Array(name.lowercased().utf8), Array($0.utf8))) }
    guard let best = close.min(by: { $0.1 < $1.1 }), best.1 <= max(2, name.utf8.count / 3), best.1 < name.utf8.count
    else { return nil }
    return best.0
}

/// How many letters must be put in, taken out or changed.
private func slips(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var row = Array(0...other.count)
    for (line, letter) in one.enumerated() {
        var corner = row[0]
        row[0] = line + 1
        for (column, otherLetter) in other.enumerated() {
            let changed = corner + (letter == otherLetter ? 0 : 1)
            corner = row[column + 1]
            row[column + 1] = min(changed, row[column] + 1, corner + 1)
        }
    }
    return row[other.count]
}
