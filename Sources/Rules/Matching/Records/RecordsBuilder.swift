/// Takes records in, source after source, and encodes them as a model needs them.
///
/// There is one of each: two that wrote to the same file would spoil it for each other.
public struct RecordsBuilder: Sendable, ~Copyable {
    let layout: Layout
    let spill: Spill?
    /// The codes that are not in the file, which is there once they were too many.
    var codes: [UInt32] = []
    var file: SpillFile?
    /// At how many codes the memory is looked at again.
    var nextLook: Int
    var vocabularies: [Vocabulary]
    var names: [Vocabulary] = []
    /// By domain, the texts that have outgrown memory; empty as long as none have.
    var waiting: [WaitingTexts?] = []
    /// The names of the source at hand, once they have.
    var waitingNames: WaitingNames?
    private(set) var sources: [(name: String, start: Int)] = []
    private(set) var count = 0
    /// What expressions make of each code, as far as it is known.
    var maps: [Kept<UInt32>] = []
    /// The next code of which an expression is to be computed.
    var nextDerived = 1
    /// The columns whose values are expected, in this order.
    public let columns: [String]
    /// For each expected value, the domain of its column and the position of its code in a record.
    private let read: [(domain: Int, slot: Int)]
    private let joined: [(column: Layout.Column, slot: Int, sources: [Int])]
    private var scratch: [UInt8] = []
    /// The hashes of the record at hand's values.
    private var hashes: [UInt64]
    private var nameHash: UInt64 = 0
    private var lookedAt: UInt64 = 0

    /// For the records that a model links, which are kept in memory, or beyond a size in files.
    public init(for model: Model, spilling spill: Spill? = nil) throws(ModelFault) {
        self.init(try Layout(for: model), spilling: spill)
    }

    init(_ layout: Layout, spilling spill: Spill? = nil) {
        self.layout = layout
        self.spill = spill
        nextLook = spill?.codesAtOnce ?? .max
        vocabularies = Array(repeating: Vocabulary(), count: layout.domains)
        let names = layout.names
        columns = names
        hashes = Array(repeating: 0, count: names.count)
        var read: [(domain: Int, slot: Int)] = []
        var joined: [(column: Layout.Column, slot: Int, sources: [Int])] = []
        for (slot, column) in layout.columns.enumerated() {
            if let derivation = column.derivation {
                joined.append((column, slot, derivation.columns.compactMap { names.firstIndex(of: $0) }))
            } else {
                read.append((column.domain, slot))
            }
        }
        self.read = read
        self.joined = joined
    }

    /// Begins the records of a source; `expected` is how many rows may come, as far as known.
    ///
    /// - Throws: What `endSource` throws for the source before, unless it was ended.
    public mutating func begin(source: String, expecting rows: Int = 0) throws(RecordFault) {
        try endSource()
        sources.append((source, count))
        names.append(Vocabulary())
        if spill == nil { codes.reserveCapacity((count + rows) * layout.columns.count) }
    }

    /// Where the codes of a domain stand in a record, in the order in which they are made.
    func slots(of domain: Int) -> [Int] {
        read.filter { $0.domain == domain }.map(\.slot) + joined.filter { $0.column.domain == domain }.map(\.slot)
    }

    /// Takes one record: its name, and the bytes of its values in UTF-8 in the order of `columns`, nil where missing.
    ///
    /// An empty buffer is the empty text, which is a value like any other; what a file means by it, its reader knows.
    public mutating func append(
        name: UnsafeBufferPointer<UInt8>, values: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>?>
    ) throws(RecordFault) {
        precondition(values.count == columns.count, "A record needs a value, or nil, for each column.")
        look(for: name, values)
        try enter(name: name)
        if joined.isEmpty {
            for number in 0..<values.count {
                codes.append(try code(of: values[number], hash: hashes[number], in: read[number].domain))
            }
        } else {
            let start = codes.count
            codes.append(contentsOf: repeatElement(0, count: layout.columns.count))
            for (number, place) in read.enumerated() {
                codes[start + place.slot] = try code(of: values[number], hash: hashes[number], in: place.domain)
            }
            for place in joined { codes[start + place.slot] = try code(of: place, values) }
        }
        count += 1
        if codes.count >= nextLook { try makeRoom() }
    }

    /// Hashes a record's name and values, and looks at the places where they may be found, all at once: half of the time
    /// of taking records in was waiting for these places one after the other.
    private mutating func look(
        for name: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>?>
    ) {
        var seen: UInt64 = 0
        if waitingNames == nil, let start = name.baseAddress, !names.isEmpty {
            nameHash = Text(start: start, count: name.count, isASCII: true).hash
            seen = names[names.count - 1].slot(for: nameHash)
        }
        for number in 0..<values.count {
            guard let value = values[number], let start = value.baseAddress else { continue }
            let hash = Text(start: start, count: value.count, isASCII: true).hash
            hashes[number] = hash
            seen ^= vocabularies[read[number].domain].slot(for: hash)
        }
        // Kept, so that what was only looked at is not left out.
        lookedAt ^= seen
    }

    @inline(__always)
    private mutating func code(
        of value: UnsafeBufferPointer<UInt8>?, hash: UInt64, in domain: Int
    ) throws(RecordFault) -> UInt32 {
        guard let value else { return 0 }
        guard let text = Text(of: value) else { return try emptyCode(in: domain) }
        if !waiting.isEmpty, let group = try waiting[domain]?.add(text, hash: hash) { return group }
        guard let code = vocabularies[domain].code(of: text, hash: hash) else { throw .tooMuchText }
        return code
    }

    /// The code of the empty text, for buffers without an address.
    private mutating func emptyCode(in domain: Int) throws(RecordFault) -> UInt32 {
        scratch.removeAll(keepingCapacity: true)
        return try scratchCode(in: domain)
    }

    private mutating func enter(name: UnsafeBufferPointer<UInt8>) throws(RecordFault) {
        guard let source = sources.last else { preconditionFailure("No source was begun.") }
        guard count < Int(Stranger.firstRow) else { throw .tooManyRecords }
        guard let text = Text(of: name), text.count > 0 else { throw .noName(row: count - source.start + 1) }
        guard waitingNames == nil else {
            try waitingNames?.add(text)
            return
        }
        guard let code = names[names.count - 1].code(of: text, hash: nameHash) else { throw .tooMuchText }
        guard Int(code) == count - source.start + 1 else {
            throw .nameTwice(String(decoding: name, as: UTF8.self), rows: Int(code), count - source.start + 1)
        }
    }

    /// The code of a value that is joined of several columns.
    private mutating func code(
        of place: (column: Layout.Column, slot: Int, sources: [Int]),
        _ values: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>?>
    ) throws(RecordFault) -> UInt32 {
        guard let derivation = place.column.derivation else { return 0 }
        scratch.removeAll(keepingCapacity: true)
        let texts = place.sources.map { values[$0].map { Text(of: $0) ?? Text.empty } }
        let isPresent = texts.withUnsafeBufferPointer { derivation.append($0, to: &scratch) }
        guard isPresent else { return 0 }
        return try scratchCode(in: place.column.domain)
    }

    /// The records, with every expression computed once for each distinct value.
    public consuming func finish() throws(RecordFault) -> Records {
        try endSource()
        for map in layout.maps { maps.append(try derived(map)) }
        try close()
        var ranges: [Records.Source] = []
        for (number, source) in sources.enumerated() {
            let end = number + 1 < sources.count ? sources[number + 1].start : count
            ranges.append(Records.Source(name: source.name, rows: source.start..<end))
        }
        return Records(
            layout: layout, codes: try keptCodes(), vocabularies: vocabularies, maps: maps, names: names,
            sources: ranges)
    }

    private mutating func derived(_ map: Layout.Map) throws(RecordFault) -> Kept<UInt32> {
        try number(map.domain)
        let source = vocabularies[map.domain]
        if !vocabularies[map.target].isOpen { try wait(for: map.target) }
        var codes = [UInt32](repeating: 0, count: source.count + 1)
        try source.withTexts { texts throws(RecordFault) in
            for code in 1..<UInt32(max(1, texts.count)) {
                scratch.removeAll(keepingCapacity: true)
                nextDerived = Int(code) + 1
                if map.derivation.append(texts[code], to: &scratch) {
                    codes[Int(code)] = try scratchCode(in: map.target)
                }
                if code & 0xffff == 0 { try makeRoom() }
            }
        }
        nextDerived = 1
        return try kept(codes)
    }

    private mutating func scratchCode(in domain: Int) throws(RecordFault) -> UInt32 {
        let bytes = scratch
        return try bytes.withUnsafeBufferPointer { bytes throws(RecordFault) in
            let text = Text(of: bytes) ?? Text.empty
            if !waiting.isEmpty, let group = try waiting[domain]?.add(text) { return group }
            guard let code = vocabularies[domain].code(of: text) else { throw .tooMuchText }
            return code
        }
    }
}
