extension Model {
    /// Reads our own model file, YAML; docs/examples/people.yaml shows all of it.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, UTF-8, at most 16 MB.
    ///   - file: its name, for messages.
    /// - Throws: all that is wrong with it, each with its place, up to ``ModelFaults/most``.
    public init(yaml bytes: [UInt8], file: String) throws(ModelFaults) {
        var reader = YAMLReader(file: file)
        let model = reader.model(bytes)
        try reader.reading.refuse()
        self = model
    }

    /// The same from a text.
    public init(yaml text: String, file: String) throws(ModelFaults) {
        try self.init(yaml: Array(text.utf8), file: file)
    }

    /// Reads a model file of either kind: JSON is the peer's, anything else our own.
    public init(contents bytes: [UInt8], file: String) throws(ModelFaults) {
        let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
        if bytes.first(where: { !space.contains($0) }) == UInt8(ascii: "{") {
            try self.init(splink: bytes, file: file)
        } else {
            try self.init(yaml: bytes, file: file)
        }
    }
}

/// Reads our own model file.
struct YAMLReader {
    var reading: FileReading
    var dialect = SQLDialect.duckdb

    init(file: String) {
        reading = FileReading(file: file)
    }

    static let keys = [
        "links", "sources", "identifier", "source-column", "prior", "dialect", "blocking", "comparisons", "training",
        "frequencies", "frequency-counting", "strata", "clusters", "calibration", "peer",
    ]

    mutating func model(_ bytes: [UInt8]) -> Model {
        var model = Model()
        guard bytes.count <= FileLimit.bytes else {
            reading.fault(at: "", "the file has \(bytes.count) bytes; a model has at most \(FileLimit.bytes).")
            return model
        }
        let value: FileValue
        do {
            value = try YAMLText.read(bytes)
        } catch {
            reading.fault(error, in: "")
            return model
        }
        guard let table = reading.table(value, at: "") else { return model }
        reading.check(table, knows: Self.keys)
        dialect = choice("dialect", of: table) ?? .duckdb
        model.dialect = dialect
        model.identifier = reading.text("identifier", of: table) ?? model.identifier
        model.sourceColumn = reading.text("source-column", of: table) ?? model.sourceColumn
        model.prior = reading.probability("prior", of: table, mayBeOne: false) ?? model.prior
        model.sources = sources(table)
        model.links = links(table)
        checkNames(of: model.links, among: model.sources.map(\.name))
        model.blocking = table["blocking"].map { rules($0, at: "blocking") } ?? []
        model.comparisons = comparisons(table)
        model.frequencies = frequencies(table)
        model.frequencyCounting = choice("frequency-counting", of: table) ?? model.frequencyCounting
        readPlans(table, into: &model)
        model.strata = strata(table, of: model)
        model.peer = peer(table)
        return model
    }

    /// One of a few words.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of table: FileReading.Table
    ) -> Choice? where Choice.RawValue == String {
        guard let word = reading.text(key, of: table) else { return nil }
        if let choice = Choice(rawValue: word) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        let hint = nearest(word, among: known).map { "did you mean \(quoted($0))?" }
        let reason = "there is no \(key) \(quoted(word)); \(hint ?? "known are \(known.joined(separator: ", ")).")"
        reading.fault(at: table.place(of: key), reason)
        return nil
    }

    // MARK: - Sources and links

    private mutating func sources(_ table: FileReading.Table) -> [SourcePlan] {
        guard let value = table["sources"], value != .table([]) else { return [] }
        if case .list = value { return (reading.texts("sources", of: table) ?? []).map { SourcePlan(name: $0) } }
        guard let sources = reading.table(value, at: "sources") else { return [] }
        var plans: [SourcePlan] = []
        for entry in sources.entries {
            var plan = SourcePlan(name: entry.key)
            if entry.value != .nothing, let source = reading.table(entry.value, at: sources.place(of: entry.key)) {
                reading.check(source, knows: ["columns"])
                if let columns = source["columns"] { plan.columns = names(columns, at: source.place(of: "columns")) }
            }
            plans.append(plan)
        }
        return plans
    }

    /// Texts by key.
    private mutating func names(_ value: FileValue, at place: String) -> [String: String] {
        guard let table = reading.table(value, at: place) else { return [:] }
        var names: [String: String] = [:]
        for entry in table.entries { names[entry.key] = reading.text(entry.value, at: table.place(of: entry.key)) }
        return names
    }

    private mutating func links(_ table: FileReading.Table) -> LinkRule {
        switch table["links"] {
        case nil, .text("dedupe"): return .dedupe
        case .text("link"): return .link
        case .text("link-and-dedupe"): return .linkAndDedupe
        case .list(let items)?: return .only(items.enumerated().compactMap { pair($1, at: "links[\($0)]") })
        default:
            reading.fault(at: "links", "this is dedupe, link, link-and-dedupe or a list of pairs of sources.")
            return .dedupe
        }
    }

    private mutating func pair(_ value: FileValue, at place: String) -> LinkRule.SourcePair? {
        guard case .list(let items) = value, items.count == 2, case .text(let left) = items[0],
            case .text(let right) = items[1]
        else {
            reading.fault(at: place, "a pair of sources is needed here, such as [tax, benefits].")
            return nil
        }
        return LinkRule.SourcePair(left, right)
    }

    /// Sources may go unnamed and take the names of their files; where they are named, a pair names those.
    private mutating func checkNames(of links: LinkRule, among sources: [String]) {
        guard case .only(let pairs) = links, !sources.isEmpty else { return }
        for (index, pair) in pairs.enumerated() {
            for name in Set([pair.left, pair.right]).subtracting(sources).sorted() {
                let hint = nearest(name, among: sources).map { "did you mean \(quoted($0))?" }
                let known = hint ?? "known are \(sources.joined(separator: ", "))."
                reading.fault(at: "links[\(index)]", "there is no source \(quoted(name)); \(known)")
            }
        }
    }

    private mutating func frequencies(_ table: FileReading.Table) -> [String: String] {
        table["frequencies"].map { names($0, at: "frequencies") } ?? [:]
    }

    private mutating func peer(_ table: FileReading.Table) -> PeerSettings? {
        guard let value = table["peer"], let kept = reading.table(value, at: "peer") else { return nil }
        reading.check(kept, knows: SplinkReader.keptKeys)
        var keys: [String: String] = [:]
        for entry in kept.entries { keys[entry.key] = entry.value.json() }
        return PeerSettings(keys: keys)
    }
}
