import Values
import Web

extension QueueDraft {
    /// Reads what a planner filled in. What cannot be read is refused in the form, field by field.
    init(_ form: inout Form) {
        self.init(key: form.line("key", "a key", upTo: 50), name: form.line("name", "a name", upTo: 100))
        language = form.optionalLine("language", "the language", upTo: 40) ?? Language.usual
        timeZone = form.line("timeZone", "a time zone", upTo: 60)
        priority = form.number("priority", "\"Priority\"", in: 0...9) ?? 0
        headStart = .seconds(form.number("headStart", "\"Head start of a point\"", in: 0...3_600) ?? 0)
        target = .seconds(form.number("target", "\"Answer within\"", in: 1...86_400) ?? 1)
        offerTimeout = .seconds(form.number("offerTimeout", "\"An offer stands for\"", in: 5...300) ?? 5)
        wrapUpLimit = .seconds(form.number("wrapUpLimit", "\"Wrap-up may take\"", in: 5...3_600) ?? 5)
        if !form.isBlank("longest") {
            longest = form.number("longest", "\"At most so many may wait\"", in: 0...100_000)
        }
        masksNumbers = form.isTicked("masksNumbers")
        retentionDays = form.number("retentionDays", "\"Keep what was said for\"", in: 1...3_650) ?? 1
        isRetired = form.isTicked("isRetired")
        openings = (1...7).flatMap { Opening.read(&form, on: $0) }
        needs = NeedLine.read(&form)
    }

    /// The same as fields of the form, to fill it.
    var fields: [String: String] {
        var fields = [
            "key": key, "name": name, "language": language, "timeZone": timeZone, "priority": "\(priority)",
            "headStart": seconds(headStart), "target": seconds(target), "offerTimeout": seconds(offerTimeout),
            "wrapUpLimit": seconds(wrapUpLimit),
            "longest": longest.map(String.init) ?? "", "retentionDays": "\(retentionDays)",
            "masksNumbers": masksNumbers ? "yes" : "", "isRetired": isRetired ? "yes" : "",
        ]
        for weekday in 1...7 {
            fields["hours_\(weekday)"] = openings.filter { $0.weekday == weekday }
                .map { "\(OpeningHours.clock($0.opens)) to \(OpeningHours.clock($0.closes))" }.joined(separator: ", ")
        }
        return fields.merging(stepFields) { first, _ in first }
    }

    private func seconds(_ duration: Duration) -> String { "\(duration.milliseconds / 1_000)" }
}

extension QueueDraft.Opening {
    /// `09:00 to 12:30, 13:30 to 17:00`; empty is closed all day.
    fileprivate static func read(_ form: inout Form, on weekday: Int) -> [Self] {
        let field = "hours_\(weekday)"
        let text = form.optionalLine(field, "the hours", upTo: 200) ?? ""
        return text.split(separator: ",").compactMap { part in
            let ends = part.replacing("to", with: "-").replacing("–", with: "-").split(separator: "-")
            guard ends.count == 2, let opens = minutes(ends[0]), let closes = minutes(ends[1]) else {
                guard !form.errors.contains(where: { $0.field == field }) else { return nil }
                form.refuse(field, "\(Wording.weekdays[weekday - 1]): write hours like 09:00 to 12:30, 13:30 to 17:00.")
                return nil
            }
            return Self(weekday: weekday, opens: opens, closes: closes)
        }
    }

    /// Minutes after midnight of `09:30`; 1,440 of `24:00`.
    static func minutes(_ text: some StringProtocol) -> Int? {
        let parts = text.split(whereSeparator: \.isWhitespace).joined().split(separator: ":")
        guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1_440
        else { return nil }
        return hour * 60 + minute
    }
}
