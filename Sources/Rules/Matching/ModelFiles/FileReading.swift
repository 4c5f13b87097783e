/// Reads values out of a model file and gathers what is wrong with them, so that one look tells it all.
struct FileReading {
    let file: String
    private(set) var faults: [ModelFault] = []

    init(file: String) {
        self.file = file
    }

    /// Keys and values, and where they stand in the file.
    struct Table {
        var place: String
        var entries: [FileValue.Entry]

        subscript(key: String) -> FileValue? {
            let value = entries.first { $0.key == key }?.value
            return value == .nothing ? nil : value
        }

        func place(of key: String) -> String {
            place.isEmpty ? key : "\(place).\(key)"
        }
    }

    mutating func fault(at place: String, _ reason: String) {
        guard faults.count < ModelFaults.most else { return }
        faults.append(ModelFault(at: place.isEmpty ? file : "\(file): \(place)", reason))
    }

    /// A fault of a piece of SQL, whose place is a character in it.
    mutating func fault(_ fault: ModelFault, in place: String) {
        let parts = [place, fault.place].filter { !$0.isEmpty }
        self.fault(at: parts.joined(separator: ", "), fault.reason)
    }

    func refuse() throws(ModelFaults) {
        guard faults.isEmpty else { throw ModelFaults(faults) }
    }

    // MARK: - Values of a kind

    mutating func table(_ value: FileValue, at place: String) -> Table? {
        if case .table(let entries) = value { return Table(place: place, entries: entries) }
        fault(at: place, "a table of keys is needed here, and this is \(value.kind).")
        return nil
    }

    mutating func list(_ value: FileValue, at place: String) -> [FileValue]? {
        if case .list(let items) = value { return items }
        fault(at: place, "a list is needed here, and this is \(value.kind).")
        return nil
    }

    mutating func text(_ value: FileValue, at place: String) -> String? {
        if case .text(let text) = value { return text }
        fault(at: place, "a text is needed here, and this is \(value.kind).")
        return nil
    }

    mutating func number(_ value: FileValue, at place: String) -> Double? {
        guard case .number(let number, let written) = value else {
            fault(at: place, "a number is needed here, and this is \(value.kind).")
            return nil
        }
        guard number.isFinite else {
            fault(at: place, "\(written) is not a number to reckon with.")
            return nil
        }
        return number
    }

    mutating func whole(_ value: FileValue, at place: String, in range: ClosedRange<Int>) -> Int? {
        guard let number = number(value, at: place) else { return nil }
        guard let whole = Int(exactly: number), range.contains(whole) else {
            fault(at: place, "a whole number from \(range.lowerBound) to \(range.upperBound) is needed here.")
            return nil
        }
        return whole
    }

    mutating func truth(_ value: FileValue, at place: String) -> Bool? {
        if case .truth(let truth) = value { return truth }
        fault(at: place, "true or false is needed here, and this is \(value.kind).")
        return nil
    }

    /// A number above 0 and at most 1, or below 1.
    mutating func probability(_ value: FileValue, at place: String, mayBeOne: Bool = true) -> Double? {
        guard case .number(let number, let written) = value else {
            fault(at: place, "a probability is needed here, and this is \(value.kind).")
            return nil
        }
        guard number >= 1e-300, mayBeOne ? number <= 1 : number < 1 else {
            let range = mayBeOne ? "above 0 and at most 1" : "above 0 and below 1"
            let hint = number == 0 && mayBeOne ? " What is never met has a small one, or none until trained." : ""
            fault(at: place, "\(written) is not a probability \(range).\(hint)")
            return nil
        }
        return number
    }

    // MARK: - Values of a key

    mutating func text(_ key: String, of table: Table) -> String? {
        table[key].flatMap { text($0, at: table.place(of: key)) }
    }

    mutating func number(_ key: String, of table: Table) -> Double? {
        table[key].flatMap { number($0, at: table.place(of: key)) }
    }

    mutating func truth(_ key: String, of table: Table) -> Bool? {
        table[key].flatMap { truth($0, at: table.place(of: key)) }
    }

    mutating func probability(_ key: String, of table: Table, mayBeOne: Bool = true) -> Double? {
        table[key].flatMap { probability($0, at: table.place(of: key), mayBeOne: mayBeOne) }
    }

    mutating func whole(_ key: String, of table: Table, in range: ClosedRange<Int>) -> Int? {
        table[key].flatMap { whole($0, at: table.place(of: key), in: range) }
    }

    mutating func texts(_ key: String, of table: Table) -> [String]? {
        guard let value = table[key] else { return nil }
        let place = table.place(of: key)
        if case .text(let text) = value { return [text] }
        guard let items = list(value, at: place) else { return nil }
        return items.enumerated().compactMap { text($1, at: "\(place)[\($0)]") }
    }

    /// Refuses keys that mean nothing.
    mutating func check(_ table: Table, knows keys: [String]) {
        for entry in table.entries where !keys.contains(entry.key) {
            let hint = nearest(entry.key, among: keys).map { "did you mean \(quoted($0))?" }
            let known = hint ?? "known are \(keys.joined(separator: ", "))."
            fault(at: table.place, "there is no key \(quoted(entry.key)) here; \(known)")
        }
    }
}
