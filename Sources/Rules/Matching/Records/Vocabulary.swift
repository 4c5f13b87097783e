/// Distinct texts, each with a code from 1 in the order in which they came; 0 stands for a missing value.
///
/// Bytes lie one after the other; a table of hashes finds a text's code. One vocabulary holds at most 4 GiB of text.
struct Vocabulary: Sendable {
    private var bytes = Kept<UInt8>()
    /// Where the text of each code ends; that of code 0 ends at 0.
    private var ends = Kept<UInt32>([0])
    /// Open addressing: the upper half of a text's hash, and its code; 0 is an empty place. A text's place comes from
    /// the highest bits of its hash, so that a larger table is filled from the smaller one in one straight walk.
    private var slots: [UInt64] = Array(repeating: 0, count: 16)
    /// How far a hash is shifted to give a place among the slots.
    private var shift: UInt64 = 60
    /// Once no more texts come: a fuller table of codes only, five bytes a text instead of up to 23.
    private var index = Kept<UInt32>()
    /// Where the tables of codes begin, by the lowest bits of a hash: one table, or one for each of the groups in which
    /// the texts waited.
    private var parts: [Int] = []
    /// A bit for each code whose text is not ASCII; as long as needed.
    private var wide = Kept<UInt64>()

    init() {}

    /// Texts that were numbered elsewhere; no more come.
    init(bytes: Kept<UInt8>, ends: Kept<UInt32>, wide: Kept<UInt64>, index: Kept<UInt32>, parts: [Int]) {
        (self.bytes, self.ends, self.wide, self.index, self.parts) = (bytes, ends, wide, index, parts)
        slots = []
    }

    /// Whether texts may still come.
    var isOpen: Bool { !slots.isEmpty }

    /// The number of texts.
    var count: Int { ends.count - 1 }

    /// The memory used, in bytes, without what is in files.
    var footprint: Int { bytes.footprint + ends.footprint + slots.capacity * 8 + index.footprint + wide.footprint }

    /// Whether the texts are in files.
    var isInFile: Bool { bytes.isInFile }

    /// The bytes in files.
    var spilled: Int { bytes.spilled + ends.spilled + index.spilled + wide.spilled }

    /// The text's code, a new one if it has none yet; nil when there is no more room.
    mutating func code(of text: Text) -> UInt32? {
        code(of: text, hash: text.hash)
    }

    /// What stands where the search for a text with this hash begins. Reading it is all: the memory is then near when
    /// the search begins, and waiting for the places of several texts at once takes no longer than for one.
    @inline(__always)
    func slot(for hash: UInt64) -> UInt64 {
        slots.withUnsafeBufferPointer { $0[Int(truncatingIfNeeded: hash >> shift)] }
    }

    /// The same for a text whose hash is known.
    @inline(__always)
    mutating func code(of text: Text, hash: UInt64) -> UInt32? {
        let (place, code) = search(text, hash)
        return code > 0 ? code : insert(text, hash: hash, at: place)
    }

    /// The place of a text among the slots and its code; the empty place where it belongs, and 0, when it has none.
    @inline(__always)
    private func search(_ text: Text, _ hash: UInt64) -> (place: Int, code: UInt32) {
        slots.withUnsafeBufferPointer { slots in
            var place = Int(truncatingIfNeeded: hash >> shift)
            while true {
                let slot = slots[place]
                if slot == 0 { return (place, 0) }
                if slot >> 32 == hash >> 32, isEqual(UInt32(truncatingIfNeeded: slot), text) {
                    return (place, UInt32(truncatingIfNeeded: slot))
                }
                place = (place + 1) & (slots.count - 1)
            }
        }
    }

    /// The text's code, if it has one.
    func found(_ text: Text) -> UInt32? {
        let hash = text.hash
        guard slots.isEmpty else {
            let code = search(text, hash).code
            return code > 0 ? code : nil
        }
        return withTexts { $0.found(text, hash: hash) }
    }

    private mutating func insert(_ text: Text, hash: UInt64, at place: Int) -> UInt32? {
        guard bytes.memory.count + text.count <= UInt32.max, ends.memory.count < UInt32.max else { return nil }
        let code = UInt32(ends.memory.count)
        bytes.memory.append(contentsOf: text.bytes)
        ends.memory.append(UInt32(bytes.memory.count))
        if !text.isASCII { markWide(code) }
        slots[place] = hash & 0xffff_ffff_0000_0000 | UInt64(code)
        if ends.memory.count * 10 > slots.count * 7 { grow() }
        return code
    }

    private mutating func markWide(_ code: UInt32) {
        let word = Int(code >> 6)
        if word >= wide.memory.count { wide.memory += Array(repeating: 0, count: word + 1 - wide.memory.count) }
        wide.memory[word] |= 1 << UInt64(code & 63)
    }

    /// Whether a code's text is this one, while texts may still come and all are in memory.
    @inline(__always)
    private func isEqual(_ code: UInt32, _ text: Text) -> Bool {
        let start = ends.memory.withUnsafeBufferPointer { ends in
            let start = Int(ends[Int(code) - 1])
            return Int(ends[Int(code)]) - start == text.count ? start : -1
        }
        guard start >= 0 else { return false }
        return bytes.memory.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return true }
            return (base + start).isEqual(to: UnsafeRawPointer(text.start), count: text.count)
        }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        shift -= 1
        let shift = shift
        slots.withUnsafeMutableBufferPointer { slots in
            for slot in old where slot != 0 {
                var place = Int(truncatingIfNeeded: slot >> shift)
                while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
                slots[place] = slot
            }
        }
    }

    /// Lends the texts by code, for as long as the body runs.
    func withTexts<Result, Fault: Error>(_ body: (Texts) throws(Fault) -> Result) throws(Fault) -> Result {
        try bytes.withUnsafeBufferPointer { bytes throws(Fault) in
            try ends.withUnsafeBufferPointer { ends throws(Fault) in
                try wide.withUnsafeBufferPointer { wide throws(Fault) in
                    try index.withUnsafeBufferPointer { index throws(Fault) in
                        try parts.withUnsafeBufferPointer { parts throws(Fault) in
                            guard let end = ends.baseAddress else { preconditionFailure("Code 0 ends somewhere.") }
                            return try body(
                                Texts(
                                    start: bytes.baseAddress ?? Text.empty.start, ends: end, count: ends.count,
                                    wide: wide, index: index, parts: parts))
                        }
                    }
                }
            }
        }
    }

    /// Has the system read the texts of codes above 0, told in their order, if they are in files: where they lie, then they.
    func readAhead(_ codes: some Collection<UInt32>) {
        guard isInFile else { return }
        var places = ReadAhead(of: ends)
        for code in codes { places.add(Int(code) - 1..<Int(code) + 1) }
        places.finish()
        var texts = ReadAhead(of: bytes)
        ends.withUnsafeBufferPointer { ends in
            for code in codes { texts.add(Int(ends[Int(code) - 1])..<Int(ends[Int(code)])) }
        }
        texts.finish()
    }

    /// Tells the system whether texts will be looked at here and there, if they are in files.
    func look(hereAndThere isSo: Bool) {
        bytes.look(hereAndThere: isSo)
        ends.look(hereAndThere: isSo)
        wide.look(hereAndThere: isSo)
    }

    /// The text of a code; nil for 0.
    func string(_ code: UInt32) -> String? {
        code == 0 ? nil : withTexts { String(decoding: $0[code].bytes, as: UTF8.self) }
    }

    /// Takes no more texts, and gives back what only adding needs.
    mutating func close() {
        guard isOpen else { return }
        var codes = [UInt32](repeating: 0, count: Self.room(for: count))
        for slot in slots where slot != 0 {
            Self.enter(UInt32(truncatingIfNeeded: slot), slot >> 32, into: &codes)
        }
        index = Kept(codes)
        parts = [0, codes.count]
        slots = []
    }

    /// How many places a table of codes has.
    static func room(for count: Int) -> Int { count + count / 4 + 2 }

    /// Enters a code into a table of them by the upper half of its text's hash.
    static func enter(_ code: UInt32, _ half: UInt64, into table: inout [UInt32]) {
        table.withUnsafeMutableBufferPointer { table in
            var place = place(of: half, among: table.count)
            while table[place] != 0 { place = place + 1 < table.count ? place + 1 : 0 }
            table[place] = code
        }
    }

    /// Takes no more texts, and moves them to files.
    mutating func close(into spill: Spill) throws(RecordFault) {
        close()
        try moveTexts(by: spill)
        try index.move(by: spill)
    }

    /// Forgets how to find texts by their bytes, and moves them to files: their codes stay.
    mutating func rest(by spill: Spill) throws(RecordFault) {
        (slots, index, parts) = ([], Kept(), [])
        try moveTexts(by: spill)
    }

    private mutating func moveTexts(by spill: Spill) throws(RecordFault) {
        try bytes.move(by: spill)
        try ends.move(by: spill)
        try wide.move(by: spill)
    }

    /// Writes a closed vocabulary to a folder, and says what will tell that all is there.
    func save(as name: String, in folder: SavedFolder) throws(RecordFault) -> [String] {
        [
            try folder.write(bytes, as: "\(name)-bytes"), try folder.write(ends, as: "\(name)-ends"),
            try folder.write(wide, as: "\(name)-wide"), try folder.write(index, as: "\(name)-index"),
            parts.map(String.init).joined(separator: " "),
        ]
    }

    /// The vocabulary that was written to a folder; nil where it is not there whole.
    init?(_ name: String, in folder: SavedFolder, _ lines: inout ArraySlice<String>) {
        let marks = Array(lines.prefix(5))
        lines = lines.dropFirst(5)
        guard marks.count == 5, let bytes: Kept<UInt8> = folder.numbers(of: "\(name)-bytes", marks[0]),
            let ends: Kept<UInt32> = folder.numbers(of: "\(name)-ends", marks[1]),
            let wide: Kept<UInt64> = folder.numbers(of: "\(name)-wide", marks[2]),
            let index: Kept<UInt32> = folder.numbers(of: "\(name)-index", marks[3])
        else { return nil }
        let parts = marks[4].split(separator: " ").compactMap { Int($0) }
        guard parts.last == index.count else { return nil }
        self.init(bytes: bytes, ends: ends, wide: wide, index: index, parts: parts)
    }

    /// The place that the upper half of a hash means in a table of any size.
    fileprivate static func place(of half: UInt64, among count: Int) -> Int {
        Int(truncatingIfNeeded: (half &* UInt64(truncatingIfNeeded: count)) >> 32)
    }
}

/// The texts of a vocabulary by code, borrowed.
struct Texts {
    fileprivate let start: UnsafePointer<UInt8>
    fileprivate let ends: UnsafePointer<UInt32>
    /// One more than the highest code.
    let count: Int
    fileprivate let wide: UnsafeBufferPointer<UInt64>
    fileprivate let index: UnsafeBufferPointer<UInt32>
    fileprivate let parts: UnsafeBufferPointer<Int>

    /// The text of a code from 1 to below the count.
    subscript(code: UInt32) -> Text {
        let first = ends[Int(code) - 1]
        let word = Int(code >> 6)
        let isWide = word < wide.count && wide[word] >> UInt64(code & 63) & 1 == 1
        return Text(start: start + Int(first), count: Int(ends[Int(code)] - first), isASCII: !isWide)
    }

    /// The code of a text with this hash, if it has one and no more come.
    func found(_ text: Text, hash: UInt64) -> UInt32? {
        let table = table(for: hash)
        var place = Vocabulary.place(of: hash >> 32, among: table.count)
        while table[place] != 0 {
            if self[table[place]].isEqual(to: text) { return table[place] }
            place = place + 1 < table.count ? place + 1 : 0
        }
        return nil
    }

    /// The code with which the search for a text with this hash begins; 0 for none.
    func first(for hash: UInt64) -> UInt32 {
        let table = table(for: hash)
        return table[Vocabulary.place(of: hash >> 32, among: table.count)]
    }

    /// The first byte of a code's text, or of what follows; with 0, of all.
    func firstByte(of code: UInt32) -> UInt8 { code == 0 || code >= count ? 0 : start[Int(ends[Int(code) - 1])] }

    private func table(for hash: UInt64) -> UnsafeBufferPointer<UInt32> {
        let part = Int(hash & UInt64(parts.count - 2))
        return UnsafeBufferPointer(rebasing: index[parts[part]..<parts[part + 1]])
    }
}

extension Text {
    fileprivate func isEqual(to other: Text) -> Bool {
        count == other.count && UnsafeRawPointer(start).isEqual(to: UnsafeRawPointer(other.start), count: count)
    }
}
