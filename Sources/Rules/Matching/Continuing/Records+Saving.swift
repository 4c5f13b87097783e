extension Records {
    private static let file = "records"

    /// Writes the records to a folder; the list of what belongs to them last.
    func save(in folder: SavedFolder) throws(RecordFault) {
        var lines = sources.map { "\($0.rows.lowerBound) \($0.rows.upperBound) \($0.name)" }
        lines.insert("\(sources.count)", at: 0)
        lines.append(try folder.write(codes, as: "codes"))
        for (number, map) in maps.enumerated() { lines.append(try folder.write(map, as: "map-\(number)")) }
        for (number, vocabulary) in (vocabularies + names).enumerated() {
            lines += try vocabulary.save(as: "texts-\(number)", in: folder)
        }
        try folder.write(lines, as: Self.file)
    }

    /// The records that a folder has of what a layout reads; nil where they are not there whole.
    init?(_ layout: Layout, in folder: SavedFolder) {
        guard var lines = folder.lines(of: Self.file).map({ $0[...] }) else { return nil }
        guard let count = lines.popFirst().flatMap({ Int($0) }), (0...lines.count).contains(count) else { return nil }
        var sources: [Source] = []
        for line in lines.prefix(count) {
            let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let start = Int(parts[0]), let end = Int(parts[1]), start <= end else { return nil }
            sources.append(Source(name: String(parts[2]), rows: start..<end))
        }
        lines = lines.dropFirst(count)
        let codesMark = lines.popFirst()
        guard let codes: Kept<UInt32> = codesMark.flatMap({ folder.numbers(of: "codes", $0) }) else { return nil }
        var maps: [Kept<UInt32>] = []
        for number in layout.maps.indices {
            guard let mark = lines.popFirst(), let map: Kept<UInt32> = folder.numbers(of: "map-\(number)", mark) else {
                return nil
            }
            maps.append(map)
        }
        var texts: [Vocabulary] = []
        for number in 0..<layout.domains + count {
            guard let vocabulary = Vocabulary("texts-\(number)", in: folder, &lines) else { return nil }
            texts.append(vocabulary)
        }
        let rows = sources.last?.rows.upperBound ?? 0
        guard lines.isEmpty, codes.count == rows * layout.columns.count else { return nil }
        self.init(
            layout: layout, codes: codes, vocabularies: Array(texts.prefix(layout.domains)), maps: maps,
            names: Array(texts.dropFirst(layout.domains)), sources: sources)
    }
}
