/// The links of a run, portion by portion, on their way to a file that outlives it.
///
/// Each portion is written at once, with a checksum over it and all before it. What a run did not come to write whole is
/// cut off when the next one opens the file.
struct LinkLog {
    private let file: SpillFile
    private var sum: UInt64
    /// The last portion, and how many pairs and links there were up to its end.
    private(set) var place: LinkPlace?
    private(set) var counts = (pairs: 0, links: 0)

    private static let head = 40
    private static let begin: UInt64 = 0x7463_686c_696e_6b31

    /// Opens the file, and hands over the links that are in it, portion by portion.
    init(
        _ name: String, in folder: SavedFolder, _ receive: ([Link], LinkPlace, (pairs: Int, links: Int)) throws -> Void
    ) throws {
        file = try folder.appending(to: name)
        sum = Self.begin
        let bytes: Kept<UInt8> = try file.kept()
        let end = try bytes.withUnsafeBufferPointer { all in
            let bytes = UnsafeRawBufferPointer(all)
            var end = 0
            while let portion = Self.portion(UnsafeRawBufferPointer(rebasing: bytes[end...]), sum) {
                (sum, place, counts) = (portion.sum, portion.place, portion.counts)
                end += Self.head + portion.links.count * 16
                try receive(portion.links, portion.place, portion.counts)
            }
            return end
        }
        try file.cut(to: end)
    }

    /// Adds the links of a portion; counts are those up to its end.
    mutating func append(_ links: [Link], _ place: LinkPlace, _ counts: (pairs: Int, links: Int)) throws(RecordFault) {
        var words = [UInt64(links.count), Self.packed(place), UInt64(counts.pairs), UInt64(counts.links)]
        words.reserveCapacity(words.count + links.count * 2 + 1)
        for link in links { words += [UInt64(link.left) << 32 | UInt64(link.right), link.weight.bitPattern] }
        sum = Self.checksum(words, after: sum)
        words.append(sum)
        try file.append(words)
        (self.place, self.counts) = (place, counts)
    }

    private static func portion(
        _ bytes: UnsafeRawBufferPointer, _ before: UInt64
    ) -> (links: [Link], place: LinkPlace, counts: (pairs: Int, links: Int), sum: UInt64)? {
        guard bytes.count >= head else { return nil }
        func word(_ number: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: number * 8, as: UInt64.self) }
        let room = (bytes.count - head) / 16
        guard word(0) <= UInt64(room), word(2) < 1 << 62, word(3) < 1 << 62 else { return nil }
        let count = Int(word(0))
        let words = (0..<4 + count * 2).map(word)
        let sum = checksum(words, after: before)
        guard word(4 + count * 2) == sum else { return nil }
        let links = (0..<count).map { number in
            let rows = words[4 + number * 2]
            return Link(
                UInt32(rows >> 32), UInt32(truncatingIfNeeded: rows), weight: Double(bitPattern: words[5 + number * 2]))
        }
        let place = LinkPlace(turn: Int(words[1] >> 32), portion: Int(words[1] & 0xffff_ffff))
        return (links, place, (Int(words[2]), Int(words[3])), sum)
    }

    private static func packed(_ place: LinkPlace) -> UInt64 { UInt64(place.turn) << 32 | UInt64(place.portion) }

    private static func checksum(_ words: [UInt64], after before: UInt64) -> UInt64 {
        ([before] + words).withUnsafeBytes { Checksum.of($0) }
    }
}
