internal import BoundedYAML
internal import Routing
internal import Values

// Teams, as a scenario file has them.
extension ScenarioReader {
    static let teamKeys = [
        "name", "shifts", "skills", "does", "slowdown", "spread", "place", "line", "answering", "missed", "refused",
        "missed-pause",
    ]

    mutating func team(_ node: YAMLNode, _ place: String) -> PlannedTeam? {
        guard let table = reading.table(node, place, keys: Self.teamKeys) else { return nil }
        guard let name = needed(text("name", of: table), "name", of: table, "Leeds") else { return nil }
        var team = PlannedTeam(name: name, shifts: [])
        for (index, item) in list("shifts", of: table).enumerated() {
            if let shift = shift(item, "\(place).shifts[\(index)]") { team.shifts.append(shift) }
        }
        set(&team.skills, levels("skills", of: table))
        set(&team.capacity, capacity(of: table))
        set(&team.slowdown, number("slowdown", of: table))
        set(&team.spread, number("spread", of: table))
        if let text = text("place", of: table) {
            if let known = Place(rawValue: text) {
                team.place = known
            } else {
                reading.fault(
                    "\(place).place", table["place"]?.line ?? table.line,
                    "A place is home, office or touchdown; \"\(text)\" is not.")
            }
        }
        team.line = line(of: table)
        set(&team.answering, times("answering", of: table))
        set(&team.missed, number("missed", of: table))
        set(&team.refused, number("refused", of: table))
        set(&team.missedPause, duration("missed-pause", of: table))
        return team
    }

    /// `{calls: 1}`, `{chats: 3}`, `{calls: 1, chats: 2, mixes: true}`: who takes calls takes callbacks.
    private mutating func capacity(of table: FileReading.Table) -> Capacity? {
        guard let node = table["does"],
            let inner = reading.table(node, table.place(of: "does"), keys: ["calls", "chats", "callbacks", "mixes"])
        else { return nil }
        let calls = whole("calls", of: inner) ?? 0
        let limits: [Channel: Int] = [
            .call: calls, .callback: whole("callbacks", of: inner) ?? calls, .chat: whole("chats", of: inner) ?? 0,
        ]
        return Capacity(limits: limits, mixes: truth("mixes", of: inner) ?? false)
    }

    private mutating func line(of table: FileReading.Table) -> HomeLine? {
        guard let node = table["line"],
            let inner = reading.table(node, table.place(of: "line"), keys: ["drops-every", "back-after"]),
            let every = needed(duration("drops-every", of: inner), "drops-every", of: inner, "40h"),
            let back = needed(times("back-after", of: inner), "back-after", of: inner, "90s")
        else { return nil }
        return HomeLine(dropsEvery: every, backAfter: back)
    }

    private mutating func shift(_ node: YAMLNode, _ place: String) -> Shift? {
        guard let table = reading.table(node, place, keys: ["from", "to", "advisers", "breaks"]) else { return nil }
        let from = needed(timeOfDay("from", of: table), "from", of: table, "08:00")
        let to = needed(timeOfDay("to", of: table), "to", of: table, "16:00")
        let advisers = needed(whole("advisers", of: table), "advisers", of: table, "20")
        guard let from, let to, let advisers else { return nil }
        guard from < to else {
            reading.fault(
                place, table.line,
                "The shift ends at \(to.asTimeOfDay), before it begins at \(from.asTimeOfDay). After midnight hours go on: "
                    + "from 22:00 to 30:00.")
            return nil
        }
        var shift = Shift(from..<to, advisers: advisers)
        for (index, item) in list("breaks", of: table).enumerated() {
            guard let pause = reading.table(item, "\(place).breaks[\(index)]", keys: ["at", "length", "paid"]) else {
                continue
            }
            let at = needed(timeOfDay("at", of: pause), "at", of: pause, "12:00")
            let length = needed(duration("length", of: pause), "length", of: pause, "30m")
            guard let at, let length else { continue }
            shift.breaks.append(Break(at: at, length: length, isPaid: truth("paid", of: pause) ?? false))
        }
        return shift
    }
}
