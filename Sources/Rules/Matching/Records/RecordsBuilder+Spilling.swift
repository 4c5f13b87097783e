extension RecordsBuilder {
    /// The memory that columns and names take, in bytes.
    private var footprint: Int {
        codes.capacity * 4 + maps.reduce(0) { $0 + $1.footprint }
            + (vocabularies + names).reduce(0) { $0 + $1.footprint }
            + waiting.reduce(waitingNames?.footprint ?? 0) { $0 + ($1?.footprint ?? 0) }
    }

    /// Whether the columns have outgrown their memory. Once they have, everything goes to files.
    private var isSpilling: Bool { file != nil || spill.map { footprint > $0.memory } ?? false }

    /// Writes the codes at hand where there is too little memory to keep them, and then has the largest dictionaries wait
    /// in files until the others fit.
    mutating func makeRoom() throws(RecordFault) {
        guard let spill, isSpilling else {
            nextLook = codes.count + (spill?.codesAtOnce ?? 0)
            return
        }
        try writeCodes(by: spill)
        nextLook = spill.codesAtOnce
        while footprint > spill.memory {
            guard let domain = largest(by: spill) else { return }
            if domain < vocabularies.count { try wait(for: domain) } else { try waitForNames(by: spill) }
        }
    }

    private mutating func writeCodes(by spill: Spill) throws(RecordFault) {
        if let file {
            try file.append(codes)
            codes.removeAll(keepingCapacity: true)
        } else {
            let file = try SpillFile(in: spill.folder)
            try file.append(codes)
            self.file = file
            // These are as many as the memory allowed; from now on it is a portion at a time.
            codes = []
        }
    }

    /// The domain whose dictionary takes the most memory, one more than the last for the names at hand; nil when all are
    /// so small that waiting would save nothing.
    private func largest(by spill: Spill) -> Int? {
        var sizes = vocabularies.map { $0.isOpen ? $0.footprint : 0 }
        for domain in waiting.indices where waiting[domain] != nil { sizes[domain] = 0 }
        sizes.append(waitingNames == nil && names.last?.isOpen == true ? names.last?.footprint ?? 0 : 0)
        let least = 2 * WaitingTexts.groups * spill.textsAtOnce
        return sizes.indices.filter { sizes[$0] >= least }.max { (sizes[$0], $1) < (sizes[$1], $0) }
    }

    /// Has the texts of a domain wait, from now on.
    mutating func wait(for domain: Int) throws(RecordFault) {
        guard let spill else { preconditionFailure("Nothing waits where nothing may be written.") }
        if waiting.isEmpty { waiting = Array(repeating: nil, count: vocabularies.count) }
        var known = vocabularies[domain]
        vocabularies[domain] = Vocabulary()
        try known.rest(by: spill)
        let start = WaitingTexts.Start(row: count, map: maps.count, code: nextDerived)
        waiting[domain] = try WaitingTexts(after: known, from: start, by: spill)
    }

    private mutating func waitForNames(by spill: Spill) throws(RecordFault) {
        guard var known = names.popLast() else { return }
        names.append(Vocabulary())
        try known.rest(by: spill)
        waitingNames = try WaitingNames(after: known, by: spill)
    }

    /// Ends the records of the source at hand.
    ///
    /// - Throws: `RecordFault`, such as for a name that stands there twice where the names have outgrown memory: else
    ///   `append` tells at once.
    public mutating func endSource() throws(RecordFault) {
        guard !names.isEmpty else { return }
        if let waiting = waitingNames {
            waitingNames = nil
            names[names.count - 1] = try waiting.numbered()
        } else if let spill, isSpilling {
            try names[names.count - 1].close(into: spill)
        } else {
            names[names.count - 1].close()
        }
    }

    /// Gives the texts of a domain their codes, if they wait, and puts these where the numbers of groups stand.
    mutating func number(_ domain: Int) throws(RecordFault) {
        guard !waiting.isEmpty, let texts = waiting[domain], let spill else { return }
        waiting[domain] = nil
        if !codes.isEmpty { try writeCodes(by: spill) }
        let start = texts.start
        var numbering = try Numbering(of: texts)
        try numberRows(from: start.row, of: domain, &numbering)
        for map in start.map..<max(start.map, maps.count) where layout.maps[map].target == domain {
            var values = maps[map].withUnsafeBufferPointer { Array($0) }
            for code in (map == start.map ? start.code : 1)..<max(1, values.count) where values[code] > 0 {
                values[code] = try numbering.next(of: Int(values[code]) - 1)
            }
            maps[map] = try kept(values)
        }
        vocabularies[domain] = try numbering.finish()
    }

    private func numberRows(from start: Int, of domain: Int, _ numbering: inout Numbering) throws(RecordFault) {
        let slots = slots(of: domain)
        guard let file, start < count, !slots.isEmpty else { return }
        let width = layout.columns.count
        let portion = max(1, (1 << 18) / width)
        var codes = ArraySlice([UInt32](repeating: 0, count: min(portion, count - start) * width))
        for first in stride(from: start, to: count, by: portion) {
            codes = codes.prefix(min(portion, count - first) * width)
            try file.read(at: first * width * 4, into: &codes)
            for row in stride(from: 0, to: codes.count, by: width) {
                for slot in slots where codes[row + slot] > 0 {
                    codes[row + slot] = try numbering.next(of: Int(codes[row + slot]) - 1)
                }
            }
            try file.replace(at: first * width * 4, with: codes)
        }
    }

    /// Numbers that expressions made, in memory or a file.
    func kept(_ values: [UInt32]) throws(RecordFault) -> Kept<UInt32> {
        var kept = Kept(values)
        if let spill, isSpilling { try kept.move(by: spill) }
        return kept
    }

    /// Takes no more texts; the largest first go where they are kept, so that the others find room.
    mutating func close() throws(RecordFault) {
        for domain in waiting.indices { try number(domain) }
        guard let spill, isSpilling else {
            for domain in vocabularies.indices { vocabularies[domain].close() }
            return
        }
        if !codes.isEmpty { try writeCodes(by: spill) }
        for domain in vocabularies.indices { try vocabularies[domain].close(into: spill) }
    }

    /// All codes, where they are.
    func keptCodes() throws(RecordFault) -> Kept<UInt32> {
        guard let file else { return Kept(codes) }
        return try file.kept()
    }
}
