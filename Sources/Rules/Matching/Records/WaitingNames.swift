/// The names of a source that have outgrown memory: each must stand there once, so their codes are known, and all that
/// is left to find out is whether one came twice.
struct WaitingNames: Sendable {
    private var texts: WaitingTexts
    /// The group of each name in turn.
    private var groups: FileBuffer<UInt8>

    init(after known: Vocabulary, by spill: Spill) throws(RecordFault) {
        texts = try WaitingTexts(after: known, from: WaitingTexts.Start(), by: spill)
        groups = try FileBuffer(in: spill.folder)
    }

    /// The memory used, in bytes.
    var footprint: Int { texts.footprint }

    mutating func add(_ name: Text) throws(RecordFault) {
        try groups.append(UInt8(try texts.add(name) - 1))
    }

    /// The names by their rows.
    ///
    /// - Throws: `RecordFault.nameTwice` for the first that came again.
    consuming func numbered() throws(RecordFault) -> Vocabulary {
        let groups = try self.groups.kept()
        var numbering = try Numbering(of: texts)
        for place in 0..<groups.count {
            let expected = numbering.count + 1
            let code = try numbering.next(of: Int(groups[place]))
            guard code == expected else {
                throw .nameTwice(try numbering.finish().string(code) ?? "", rows: Int(code), Int(expected))
            }
        }
        return try numbering.finish()
    }
}
