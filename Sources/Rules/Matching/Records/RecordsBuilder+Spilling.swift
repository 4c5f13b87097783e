extension RecordsBuilder {
    /// The memory that columns and names take, in bytes.
    private var footprint: Int {
        codes.capacity * 4 + vocabularies.reduce(0) { $0 + $1.footprint } + names.reduce(0) { $0 + $1.footprint }
    }

    /// Whether the columns have outgrown their memory. Once they have, everything goes to files.
    private var isSpilling: Bool { file != nil || spill.map { footprint > $0.memory } ?? false }

    /// Writes the codes at hand, if there is too little memory to keep them.
    mutating func spillCodes() throws(RecordFault) {
        guard let spill, isSpilling else {
            nextLook = codes.count + (spill?.codesAtOnce ?? 0)
            return
        }
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
        nextLook = spill.codesAtOnce
    }

    /// Takes no more texts or names; the largest first go where they are kept, so that the others find room.
    mutating func close() throws(RecordFault) {
        guard let spill, isSpilling else {
            for domain in vocabularies.indices { vocabularies[domain].close() }
            for source in names.indices { names[source].close() }
            return
        }
        if !codes.isEmpty { try spillCodes() }
        for source in names.indices { try names[source].close(into: spill) }
        for domain in vocabularies.indices { try vocabularies[domain].close(into: spill) }
    }

    /// All codes, where they are.
    func keptCodes() throws(RecordFault) -> Kept<UInt32> {
        guard let file else { return Kept(codes) }
        return Kept(try file.mapped())
    }
}
