/// What the first line of a table says: the names of the columns, and how values are kept apart.
enum TableHeader {
    /// The most columns; a spreadsheet has a quarter of that.
    static let mostColumns = 65_536

    /// What a first line is refused for: why, and where.
    struct Flaw: Error {
        let reason: TableFault.Reason
        let offset: Int
    }

    /// Checks the names as they were found. A last one without anything in it belongs to a delimiter too many.
    static func checked(_ found: [String], offsets: [Int]) throws(Flaw) -> [String] {
        var names = found
        if names.count > 1, names.last?.isEmpty == true { names.removeLast() }
        var places: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else { throw Flaw(reason: .namelessColumn(index + 1), offset: offsets[index]) }
            if let first = places.updateValue(index + 1, forKey: name) {
                throw Flaw(reason: .sameName(name, first, index + 1), offset: offsets[index])
            }
        }
        return names
    }

    /// Whichever of `,` `;` tab and `|` the first line that is not blank has most of, outside quotation marks; the
    /// comma when it has none, the first of them on a draw. Also says whether the line ends among these bytes.
    static func delimiter(of bytes: some Sequence<UInt8>) -> (delimiter: UInt8, isWhole: Bool) {
        var counts = [Int](repeating: 0, count: candidates.count)
        var isQuoted = false
        // A mark inside a value is just a mark.
        var mayOpen = true
        var isBlank = true
        var isWhole = false
        for byte in bytes {
            let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if isLineEnd, !isQuoted {
                if isBlank { continue }
                isWhole = true
                break
            }
            isBlank = false
            if byte == UInt8(ascii: "\"") {
                isQuoted = !isQuoted && mayOpen
                mayOpen = true
            } else if !isQuoted {
                let index = candidates.firstIndex(of: byte)
                if let index { counts[index] += 1 }
                mayOpen = index != nil || mayOpen && byte == UInt8(ascii: " ")
            }
        }
        let most = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
        return (candidates[most], isWhole)
    }

    /// What values are kept apart with, the likeliest first.
    static let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
}
