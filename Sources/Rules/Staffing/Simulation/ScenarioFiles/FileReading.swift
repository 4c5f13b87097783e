internal import BoundedYAML
internal import Values

/// Takes values out of a scenario file and gathers what is wrong with them, so that one look tells it all.
struct FileReading {
    private(set) var faults: [ScenarioFault] = []
    /// In which line each place stands, for what is found later.
    private(set) var lines: [String: Int] = [:]

    mutating func fault(_ place: String, _ line: Int, _ reason: String) {
        if faults.count < 100 {
            faults.append(ScenarioFault(at: place.isEmpty ? "line \(line)" : "\(place) (line \(line))", reason))
        }
    }

    /// One table of the file, of which keys are asked for by name.
    struct Table {
        let place: String
        let line: Int
        let entries: [(key: String, node: YAMLNode)]

        subscript(key: String) -> YAMLNode? {
            guard let node = entries.first(where: { $0.key == key })?.node else { return nil }
            return node.isNothing ? nil : node
        }

        func place(of key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }
    }

    /// A table that knows only these keys; nil, with a fault, for anything else.
    mutating func table(_ node: YAMLNode, _ place: String, keys: [String]?) -> Table? {
        guard case .table(let entries) = node.kind else {
            fault(place, node.line, "A table of keys is needed here, and this is \(node.what).")
            return nil
        }
        let table = Table(place: place, line: node.line, entries: entries)
        lines[place] = node.line
        for entry in entries {
            lines[table.place(of: entry.key)] = entry.node.line
            guard let keys, !keys.contains(entry.key) else { continue }
            fault(
                place, entry.node.line,
                "There is no key \"\(entry.key)\" here. Known are \(keys.joined(separator: ", ")).")
        }
        return table
    }

    mutating func list(_ node: YAMLNode, _ place: String) -> [YAMLNode]? {
        guard case .list(let items) = node.kind else {
            fault(place, node.line, "A list is needed here, and this is \(node.what).")
            return nil
        }
        for (index, item) in items.enumerated() { lines["\(place)[\(index)]"] = item.line }
        return items
    }

    mutating func text(_ node: YAMLNode, _ place: String) -> String? {
        guard case .scalar(let text, _) = node.kind, !node.isNothing else {
            fault(place, node.line, "A single value is needed here, and this is \(node.what).")
            return nil
        }
        return text
    }

    mutating func number(_ node: YAMLNode, _ place: String) -> Double? {
        guard let text = text(node, place) else { return nil }
        // 10_000 is easier to read than 10000.
        let digits = text.filter { $0 != "_" }
        guard let number = Double(digits), number.isFinite, digits.allSatisfy({ "0123456789+-.eE".contains($0) }) else {
            fault(place, node.line, "\"\(text)\" is no number. Write it as in 12.5.")
            return nil
        }
        return number
    }

    mutating func whole(_ node: YAMLNode, _ place: String) -> Int? {
        guard let number = number(node, place) else { return nil }
        guard number == number.rounded(), number.magnitude <= 1e9 else {
            fault(place, node.line, "A whole number is needed here, at most a thousand million.")
            return nil
        }
        return Int(number)
    }

    mutating func truth(_ node: YAMLNode, _ place: String) -> Bool? {
        switch text(node, place) {
        case "true": return true
        case "false": return false
        case nil: return nil
        case let text?:
            fault(place, node.line, "\"\(text)\" is neither true nor false.")
            return nil
        }
    }

    /// `90s`, `15m`, `2h`, `1h30m`.
    mutating func duration(_ node: YAMLNode, _ place: String) -> Duration? {
        guard let text = text(node, place) else { return nil }
        guard let duration = Duration(written: text) else {
            fault(
                place, node.line, "\"\(text)\" is no length of time. Write it with its unit, as in 90s, 15m or 1h30m.")
            return nil
        }
        return duration
    }

    /// `08:15`.
    mutating func timeOfDay(_ node: YAMLNode, _ place: String) -> Duration? {
        guard let text = text(node, place) else { return nil }
        guard let time = Duration(timeOfDay: text[...]) else {
            fault(place, node.line, "\"\(text)\" is no time of day. Write it as 08:15.")
            return nil
        }
        return time
    }

    /// `08:00-18:00`.
    mutating func hours(_ node: YAMLNode, _ place: String) -> Range<Duration>? {
        guard let text = text(node, place) else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = Duration(timeOfDay: ends[0]), let to = Duration(timeOfDay: ends[1]), from < to
        else {
            fault(
                place, node.line,
                "\"\(text)\" are no hours. Write them as 08:00-18:00, the earlier time first; after midnight hours go on, as in "
                    + "22:00-30:00.")
            return nil
        }
        return from..<to
    }
}

extension Duration {
    init?(written text: String) {
        var rest = text[...]
        var seconds = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            let unit = rest[digits.endIndex...].prefix { $0.isLetter }
            let units = ["ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400]
            guard let number = Double(digits), let length = units[String(unit)], number < 1e9 else { return nil }
            seconds += number * length
            rest = rest[unit.endIndex...].drop { $0 == " " }
        }
        guard seconds < 1e9 else { return nil }
        self = .milliseconds(Int64((seconds * 1_000).rounded()))
    }

    /// Hours may go on after 24, for what begins today and ends tomorrow.
    init?(timeOfDay text: Substring) {
        let parts = text.drop { $0 == " " }.split(separator: ":", omittingEmptySubsequences: false)
        let trimmed = parts.map { $0.filter { $0 != " " } }
        guard (2...3).contains(trimmed.count), trimmed.allSatisfy({ (1...3).contains($0.utf8.count) }) else {
            return nil
        }
        var seconds: Int64 = 0
        for (index, part) in trimmed.enumerated() {
            guard part.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(part) else { return nil }
            guard index == 0 ? number <= 24 * 31 : number < 60 else { return nil }
            seconds += number * [3_600, 60, 1][index]
        }
        self = .seconds(seconds)
    }
}
