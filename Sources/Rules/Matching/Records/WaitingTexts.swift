/// Texts that have outgrown memory: they wait in a file, in groups by their hashes, until each group is numbered by
/// itself. So no table of all of them is ever in memory; a group's is a 64th of it.
struct WaitingTexts: Sendable {
    static let groups = 64

    /// The texts that had codes when memory became short.
    let known: Vocabulary
    let start: Start
    let spill: Spill
    private let file: SpillFile
    /// What is not in the file yet, group after group.
    private var buffer: [UInt8]
    private var filled = [Int](repeating: 0, count: groups)
    /// Where each group's texts lie in the file.
    private var portions: [[Range<Int>]] = Array(repeating: [], count: groups)
    private var fileEnd = 0

    /// From where on the numbers of groups stand in place of codes: a row, or the place in a map if all rows have codes.
    struct Start: Sendable {
        var row = 0
        var map = 0
        var code = 1
    }

    init(after known: Vocabulary, from start: Start, by spill: Spill) throws(RecordFault) {
        self.known = known
        self.start = start
        self.spill = spill
        file = try SpillFile(in: spill.folder)
        buffer = Array(repeating: 0, count: Self.groups * spill.textsAtOnce)
        try known.withTexts { texts throws(RecordFault) in
            for code in 1..<UInt32(max(1, texts.count)) { _ = try add(texts[code]) }
        }
    }

    /// The memory used, in bytes.
    var footprint: Int { buffer.count + portions.reduce(0) { $0 + $1.capacity * 16 } + known.footprint }

    /// The group of a text, from 0.
    @inline(__always)
    static func group(of hash: UInt64) -> Int { Int(hash & UInt64(groups - 1)) }

    /// Adds a text and says its group, from 1: what stands in its place until it has a code.
    mutating func add(_ text: Text) throws(RecordFault) -> UInt32 {
        try add(text, hash: text.hash)
    }

    /// The same for a text whose hash is known.
    mutating func add(_ text: Text, hash: UInt64) throws(RecordFault) -> UInt32 {
        let group = Self.group(of: hash)
        let size = text.count + (text.count < 255 ? 1 : 5)
        if filled[group] + size > spill.textsAtOnce { try flush(group) }
        if size > spill.textsAtOnce {
            var bytes = [UInt8](repeating: 0, count: size)
            bytes.withUnsafeMutableBytes { Self.write(text, to: $0) }
            try bytes.withUnsafeBufferPointer { (all) throws(RecordFault) in
                try append(UnsafeRawBufferPointer(all), to: group)
            }
        } else {
            let place = group * spill.textsAtOnce + filled[group]
            buffer.withUnsafeMutableBytes { bytes in
                Self.write(text, to: UnsafeMutableRawBufferPointer(rebasing: bytes[place..<place + size]))
            }
            filled[group] += size
        }
        return UInt32(group + 1)
    }

    /// A byte for the length, or 255 and four bytes; then the text.
    private static func write(_ text: Text, to room: UnsafeMutableRawBufferPointer) {
        let head = room.count - text.count
        room[0] = UInt8(min(text.count, 255))
        if head > 1 { room.storeBytes(of: UInt32(text.count), toByteOffset: 1, as: UInt32.self) }
        UnsafeMutableRawBufferPointer(rebasing: room[head...]).copyMemory(from: UnsafeRawBufferPointer(text.bytes))
    }

    private mutating func flush(_ group: Int) throws(RecordFault) {
        guard filled[group] > 0 else { return }
        let start = group * spill.textsAtOnce
        let part = buffer[start..<start + filled[group]]
        filled[group] = 0
        try part.withUnsafeBufferPointer { (all) throws(RecordFault) in
            try append(UnsafeRawBufferPointer(all), to: group)
        }
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer, to group: Int) throws(RecordFault) {
        try file.append(bytes)
        portions[group].append(fileEnd..<fileEnd + bytes.count)
        fileEnd += bytes.count
    }

    /// Writes everything to the file; no more may come.
    mutating func close() throws(RecordFault) {
        for group in 0..<Self.groups { try flush(group) }
        buffer = []
    }

    /// Calls the body with every text of a group, in the order in which they came.
    func each(of group: Int, _ body: (Text) throws(RecordFault) -> Void) throws(RecordFault) {
        for portion in portions[group] {
            var whole = ArraySlice([UInt8](repeating: 0, count: portion.count))
            try file.read(at: portion.lowerBound, into: &whole)
            try whole.withUnsafeBufferPointer { (all) throws(RecordFault) in
                let bytes = UnsafeRawBufferPointer(all)
                var place = 0
                while place < bytes.count {
                    var count = Int(bytes[place])
                    place += 1
                    if count == 255 {
                        count = Int(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                        place += 4
                    }
                    try body(Text(of: UnsafeBufferPointer(rebasing: all[place..<place + count])) ?? Text.empty)
                    place += count
                }
            }
        }
    }
}
