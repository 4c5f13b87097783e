internal import BoundedYAML
internal import Foundation
internal import Routing
internal import Values

/// Makes a scenario of what a file says. Whether it makes sense, `Scenario.check` says afterwards.
struct ScenarioReader {
    var reading = FileReading()
    let arrivals: ScenarioFile.Arrivals
    private var day: String?
    private var isDayKnown = true
    private var zone: TimeZone?

    init(arrivals: @escaping ScenarioFile.Arrivals) {
        self.arrivals = arrivals
    }

    static let keys = [
        "name", "day", "zone", "day-variation", "refusal-pause", "interval", "measure", "queues", "teams",
    ]

    mutating func scenario(_ node: YAMLNode) throws -> Scenario? {
        guard let table = reading.table(node, "", keys: Self.keys) else { return nil }
        var scenario = Scenario(name: text("name", of: table) ?? "Scenario", queues: [], teams: [])
        day = text("day", of: table)
        if let day, Day(day) == nil {
            reading.fault("day", table["day"]?.line ?? 1, "\"\(day)\" is no day. Write it as 2026-12-07.")
            isDayKnown = false
        }
        if !scenario.name.isOneLine {
            reading.fault("name", table["name"]?.line ?? 1, "A name is a text of one line.")
        }
        zone = zone(of: table)
        set(&scenario.dayVariation, number("day-variation", of: table))
        set(&scenario.refusalPause, duration("refusal-pause", of: table))
        set(&scenario.interval, duration("interval", of: table))
        scenario.measured = hours("measure", of: table)
        for (index, item) in list("queues", of: table).enumerated() {
            if let queue = try queue(item, "queues[\(index)]") { scenario.queues.append(queue) }
        }
        for (index, item) in list("teams", of: table).enumerated() {
            if let team = team(item, "teams[\(index)]") { scenario.teams.append(team) }
        }
        return scenario
    }

    private mutating func zone(of table: FileReading.Table) -> TimeZone? {
        guard let name = text("zone", of: table) else { return nil }
        guard let zone = TimeZone(identifier: name) else {
            reading.fault(
                "zone", table["zone"]?.line ?? 1, "\"\(name)\" is no time zone. Name one, as in Europe/London.")
            return nil
        }
        return zone
    }

    // MARK: - Values of a key

    func set<Value>(_ place: inout Value, _ value: Value?) {
        if let value { place = value }
    }

    mutating func text(_ key: String, of table: FileReading.Table) -> String? {
        table[key].flatMap { reading.text($0, table.place(of: key)) }
    }

    mutating func number(_ key: String, of table: FileReading.Table) -> Double? {
        table[key].flatMap { reading.number($0, table.place(of: key)) }
    }

    mutating func whole(_ key: String, of table: FileReading.Table) -> Int? {
        table[key].flatMap { reading.whole($0, table.place(of: key)) }
    }

    mutating func truth(_ key: String, of table: FileReading.Table) -> Bool? {
        table[key].flatMap { reading.truth($0, table.place(of: key)) }
    }

    mutating func duration(_ key: String, of table: FileReading.Table) -> Duration? {
        table[key].flatMap { reading.duration($0, table.place(of: key)) }
    }

    mutating func timeOfDay(_ key: String, of table: FileReading.Table) -> Duration? {
        table[key].flatMap { reading.timeOfDay($0, table.place(of: key)) }
    }

    mutating func hours(_ key: String, of table: FileReading.Table) -> Range<Duration>? {
        table[key].flatMap { reading.hours($0, table.place(of: key)) }
    }

    mutating func list(_ key: String, of table: FileReading.Table) -> [YAMLNode] {
        table[key].flatMap { reading.list($0, table.place(of: key)) } ?? []
    }

    /// What must be there, or a fault that says so.
    mutating func needed<Value>(_ value: Value?, _ key: String, of table: FileReading.Table, _ example: String)
        -> Value?
    {
        if value == nil, table[key] == nil {
            reading.fault(table.place, table.line, "\"\(key)\" is missing. Give it, as in \(key): \(example).")
        }
        return value
    }

    mutating func levels(_ key: String, of table: FileReading.Table) -> SkillLevels? {
        guard let node = table[key], let skills = reading.table(node, table.place(of: key), keys: nil) else {
            return nil
        }
        var levels: SkillLevels = [:]
        for entry in skills.entries { levels[entry.key] = whole(entry.key, of: skills) ?? 1 }
        return levels
    }

    /// `4s`, `never`, `{mean: 5m}`, `{mean: 5m, cv: 0.8}`, `{mean: 5m, shape: 1.5}`, `{measured: [[0, 0s], [1, 9m]]}`.
    mutating func times(_ key: String, of table: FileReading.Table) -> Times? {
        guard let node = table[key] else { return nil }
        let place = table.place(of: key)
        if case .scalar(let text, _) = node.kind {
            return text == "never" ? .never : reading.duration(node, place).map { .constant($0) }
        }
        guard let inner = reading.table(node, place, keys: ["mean", "cv", "shape", "measured"]) else { return nil }
        if inner["measured"] != nil {
            for key in ["mean", "cv", "shape"] where inner[key] != nil {
                reading.fault(place, inner.line, "\(key) says nothing beside measured. Give one of them.")
            }
            return measured(inner)
        }
        guard let mean = needed(duration("mean", of: inner), "mean", of: inner, "5m") else { return nil }
        let (variation, shape) = (number("cv", of: inner), number("shape", of: inner))
        if variation != nil, shape != nil {
            reading.fault(place, inner.line, "Give either cv (lognormal) or shape (Weibull), not both.")
        }
        if let variation { return .lognormal(mean: mean, variation: variation) }
        return shape.map { .weibull(mean: mean, shape: $0) } ?? .exponential(mean: mean)
    }

    private mutating func measured(_ table: FileReading.Table) -> Times? {
        var points: [Times.Quantile] = []
        for (index, item) in list("measured", of: table).enumerated() {
            let place = "\(table.place(of: "measured"))[\(index)]"
            guard let pair = reading.list(item, place) else { continue }
            guard pair.count == 2 else {
                reading.fault(place, item.line, "A share and a time are needed here, as in [0.5, 3m].")
                continue
            }
            if let share = reading.number(pair[0], place), let time = reading.duration(pair[1], place) {
                points.append(.init(share: share, time: time))
            }
        }
        return .measured(points)
    }
}

// MARK: - Queues

extension ScenarioReader {
    static let queueKeys = [
        "name", "channel", "open", "arrivals", "day-variation", "handling", "wrap-up", "wrap-up-limit", "patience",
        "target", "needs", "priority", "head-start", "overflow", "longest", "offer-timeout", "retrials", "callbacks",
    ]

    private mutating func queue(_ node: YAMLNode, _ place: String) throws -> PlannedQueue? {
        guard let table = reading.table(node, place, keys: Self.queueKeys) else { return nil }
        let name = needed(text("name", of: table), "name", of: table, "Self Assessment")
        let open = needed(hours("open", of: table), "open", of: table, "08:00-18:00")
        let handling = needed(times("handling", of: table), "handling", of: table, "{mean: 9m, cv: 0.8}")
        let patience = needed(times("patience", of: table), "patience", of: table, "{mean: 10m}, or never")
        let arrivals = try arrivals(of: table, open: open)
        let channel = channel(of: table)
        guard let name, let open, let handling, let patience, let arrivals else { return nil }
        var queue = PlannedQueue(
            name: name, channel: channel, open: open, arrivals: arrivals, handling: handling, patience: patience)
        set(&queue.dayVariation, number("day-variation", of: table))
        queue.wrapUp = times("wrap-up", of: table)
        queue.wrapUpLimit = duration("wrap-up-limit", of: table)
        set(&queue.target, duration("target", of: table))
        set(&queue.needs, levels("needs", of: table))
        set(&queue.priority, whole("priority", of: table))
        set(&queue.headStart, duration("head-start", of: table))
        queue.longest = whole("longest", of: table)
        set(&queue.offerTimeout, duration("offer-timeout", of: table))
        for (index, item) in list("overflow", of: table).enumerated() {
            guard let step = reading.table(item, "\(place).overflow[\(index)]", keys: ["after", "needs"]),
                let after = needed(duration("after", of: step), "after", of: step, "10m")
            else { continue }
            queue.overflow.append(PlannedOverflow(after: after, needs: levels("needs", of: step) ?? [:]))
        }
        queue.retrials = retrials(of: table)
        queue.callbacks = callbacks(of: table)
        return queue
    }

    private mutating func channel(of table: FileReading.Table) -> Channel {
        guard let text = text("channel", of: table) else { return .call }
        guard let channel = Channel(rawValue: text), channel != .callback else {
            reading.fault(
                table.place(of: "channel"), table["channel"]?.line ?? table.line,
                "A channel is call or chat; \"\(text)\" is not.")
            return .call
        }
        return channel
    }

    private mutating func retrials(of table: FileReading.Table) -> Retrials? {
        guard let node = table["retrials"],
            let inner = reading.table(node, table.place(of: "retrials"), keys: ["share", "after", "most"]),
            let share = needed(number("share", of: inner), "share", of: inner, "0.5"),
            let after = needed(times("after", of: inner), "after", of: inner, "{mean: 20m}")
        else { return nil }
        return Retrials(share: share, after: after, most: whole("most", of: inner) ?? 10)
    }

    private mutating func callbacks(of table: FileReading.Table) -> CallbackOffer? {
        let keys = ["after", "at-closing", "accepted", "reached", "dialling", "again", "tries"]
        guard let node = table["callbacks"],
            let inner = reading.table(node, table.place(of: "callbacks"), keys: keys),
            let accepted = needed(number("accepted", of: inner), "accepted", of: inner, "0.4")
        else { return nil }
        var offer = CallbackOffer(after: duration("after", of: inner), atClosing: false, accepted: accepted)
        set(&offer.atClosing, truth("at-closing", of: inner))
        set(&offer.reached, number("reached", of: inner))
        set(&offer.dialling, duration("dialling", of: inner))
        set(&offer.again, duration("again", of: inner))
        set(&offer.tries, whole("tries", of: inner))
        return offer
    }

    // MARK: - Arrivals

    /// `{file: a.csv}`, `{per: 30m, counts: [10, 20]}`, or `{per: 30m, total: 1000, shape: [1, 2]}`, from opening on.
    private mutating func arrivals(of table: FileReading.Table, open: Range<Duration>?) throws -> [ArrivalStretch]? {
        guard let node = needed(table["arrivals"], "arrivals", of: table, "{per: 30m, counts: [120, 150]}") else {
            return nil
        }
        let place = table.place(of: "arrivals")
        guard let inner = reading.table(node, place, keys: ["file", "per", "counts", "total", "shape"]) else {
            return nil
        }
        let ways = ["file", "counts", "total"].filter { inner[$0] != nil }
        guard ways.count <= 1 else {
            let all = ways.joined(separator: " and ")
            reading.fault(place, inner.line, "\(all) both say who comes. Give one of them.")
            return nil
        }
        for key in ["per", "shape"]
        where inner[key] != nil && (ways == ["file"] || key == "shape" && ways == ["counts"]) {
            reading.fault(place, inner.line, "\(key) says nothing beside \(ways[0]). Leave it out.")
        }
        if let file = text("file", of: inner) {
            guard isDayKnown, let open else { return nil }
            return try arrivals(file, day, zone, open)
        }
        let per = duration("per", of: inner)
        let counts: [Double]?
        if let total = number("total", of: inner) {
            let shape = numbers("shape", of: inner)
            guard total >= 0 else {
                reading.fault(place, inner.line, "\(total.plain) contacts make no sense. Give a number, 0 or more.")
                return nil
            }
            let sum = (shape ?? [1]).reduce(0, +)
            guard sum > 0, sum.isFinite else {
                reading.fault(place, inner.line, "The shape adds up to nothing. Give at least one number above 0.")
                return nil
            }
            counts = (shape ?? [1]).map { total * $0 / sum }
        } else {
            counts = needed(numbers("counts", of: inner), "counts", of: inner, "[120, 150], or total: 1000")
        }
        guard let counts, let open else { return nil }
        let hours = open.upperBound - open.lowerBound
        let length = per ?? hours / max(1, counts.count)
        guard length > .zero else {
            reading.fault(place, inner.line, "The counts are for no time at all. Give per: 30m.")
            return nil
        }
        return counts.enumerated().map { index, count in
            let start = open.lowerBound + length * index
            return ArrivalStretch(start..<start + length, expected: count)
        }
    }

    private mutating func numbers(_ key: String, of table: FileReading.Table) -> [Double]? {
        guard let node = table[key], let items = reading.list(node, table.place(of: key)) else { return nil }
        return items.enumerated().map { reading.number($1, "\(table.place(of: key))[\($0)]") ?? 0 }
    }
}
