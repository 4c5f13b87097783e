/// Gives waiting texts their codes in the order in which they came, as if they had never waited.
///
/// Each group is numbered by itself first. Then whoever knows in which order the groups had their turns asks for one
/// code after the other, while all files are read and written from their beginnings to their ends.
struct Numbering {
    /// For each text that came, its number within its group, from 1; group after group.
    private let numbers: Kept<UInt32>
    /// The different texts and their lengths, group after group.
    private let texts: Kept<UInt8>
    private let lengths: Kept<UInt32>
    /// The code of each different text, once it had its turn.
    private var codes: [UInt32]
    private let firsts: [Int]
    private var places: [Place]
    private let folder: String
    private var bytes: FileBuffer<UInt8>
    private var ends: FileBuffer<UInt32>
    private var wide: [UInt64] = []
    private(set) var count: UInt32 = 0

    /// How far a group is read.
    private struct Place {
        var number: Int
        var different: Int
        var text: Int
    }

    init(of waiting: WaitingTexts) throws(RecordFault) {
        var waiting = waiting
        try waiting.close()
        folder = waiting.spill.folder
        var numbers = try FileBuffer<UInt32>(in: folder)
        var texts = try FileBuffer<UInt8>(in: folder)
        var lengths = try FileBuffer<UInt32>(in: folder)
        var places: [Place] = []
        for group in 0..<WaitingTexts.groups {
            places.append(Place(number: numbers.count, different: lengths.count, text: texts.count))
            var own = Vocabulary()
            try waiting.each(of: group) { text throws(RecordFault) in
                guard let number = own.code(of: text) else { throw .tooMuchText }
                try numbers.append(number)
            }
            try own.withTexts { known throws(RecordFault) in
                for code in 1..<UInt32(max(1, known.count)) {
                    try texts.append(known[code].bytes)
                    try lengths.append(UInt32(known[code].count))
                }
            }
        }
        firsts = places.map(\.different) + [lengths.count]
        self.places = places
        codes = Array(repeating: 0, count: lengths.count)
        self.numbers = try numbers.kept()
        self.texts = try texts.kept()
        self.lengths = try lengths.kept()
        bytes = try FileBuffer(in: folder)
        ends = try FileBuffer(in: folder)
        try ends.append(0)
        try take(waiting.known)
    }

    /// Those that had codes keep them.
    private mutating func take(_ known: Vocabulary) throws(RecordFault) {
        try known.withTexts { texts throws(RecordFault) in
            for code in 1..<UInt32(max(1, texts.count)) {
                let same = try next(of: WaitingTexts.group(of: texts[code].hash))
                precondition(same == code, "Known texts keep their codes.")
            }
        }
    }

    /// The code of the next text of a group.
    mutating func next(of group: Int) throws(RecordFault) -> UInt32 {
        let different = firsts[group] + Int(numbers[places[group].number]) - 1
        places[group].number += 1
        if different < places[group].different { return codes[different] }
        let start = places[group].text
        let length = Int(lengths[different])
        places[group].text += length
        places[group].different += 1
        guard bytes.count + length <= UInt32.max, count < UInt32.max - 1 else { throw .tooMuchText }
        count += 1
        codes[different] = count
        try append(start..<start + length)
        return count
    }

    private mutating func append(_ place: Range<Int>) throws(RecordFault) {
        try texts.withUnsafeBufferPointer { all throws(RecordFault) in
            let text = UnsafeBufferPointer(rebasing: all[place])
            if Text(of: text)?.isASCII == false { markWide(count) }
            try bytes.append(text)
        }
        try ends.append(UInt32(bytes.count))
    }

    private mutating func markWide(_ code: UInt32) {
        let word = Int(code >> 6)
        if word >= wide.count { wide += Array(repeating: 0, count: word + 1 - wide.count) }
        wide[word] |= 1 << UInt64(code & 63)
    }

    /// The texts with their codes.
    consuming func finish() throws(RecordFault) -> Vocabulary {
        let (index, parts) = try index()
        return Vocabulary(bytes: try bytes.kept(), ends: try ends.kept(), wide: Kept(wide), index: index, parts: parts)
    }

    /// A table of codes for each group.
    private func index() throws(RecordFault) -> (Kept<UInt32>, [Int]) {
        var index = try FileBuffer<UInt32>(in: folder)
        var parts = [0]
        var text = 0
        for group in 0..<WaitingTexts.groups {
            let different = firsts[group]..<firsts[group + 1]
            var table = [UInt32](repeating: 0, count: Vocabulary.room(for: different.count))
            texts.withUnsafeBufferPointer { all in
                for place in different {
                    let end = text + Int(lengths[place])
                    let hash = (Text(of: UnsafeBufferPointer(rebasing: all[text..<end])) ?? Text.empty).hash
                    Vocabulary.enter(codes[place], hash >> 32, into: &table)
                    text = end
                }
            }
            try table.withUnsafeBufferPointer { table throws(RecordFault) in try index.append(table) }
            parts.append(index.count)
        }
        return (try index.kept(), parts)
    }
}
