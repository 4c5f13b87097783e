import People
import Values

/// A day as one text, a row to a line and its parts behind one another: as JSON the names of the parts would be most of
/// it, hundreds of times a day.
///
///     c 3 answered 1983210 12 34560 1200 3400 …     queue, kind, quarter since 1970, events, milliseconds; each wait
///     t idle home 17 4 720000 1:4 3:2               what, where, team or -, stretches, milliseconds; skills
extension PastDayCounts {
    /// Milliseconds of a quarter of an hour.
    fileprivate static let quarter: Int64 = 900_000

    var text: String {
        var text = ""
        for row in contacts {
            text += "c \(row.queue) \(row.kind.rawValue) \(row.quarter.milliseconds / Self.quarter) "
            text += "\(row.events) \(row.lasting) \(row.waits)\n"
        }
        for row in time {
            text += "t \(row.doing.rawValue) \(row.place.rawValue) \(row.team.map { "\($0)" } ?? "-") "
            text += "\(row.stretches) \(row.lasting) \(row.skills.rawValue)\n"
        }
        return text
    }

    /// - Returns: nil for anything that `text` does not write.
    init?(text: String) {
        var contacts: [Contacts] = [], time: [StretchCount] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 6, omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            guard parts.count == 7, let count = Int(parts[4]), let lasting = Int64(parts[5]) else { return nil }
            if parts[0] == "c", let row = Contacts(parts, events: count, lasting: lasting) {
                contacts.append(row)
            } else if parts[0] == "t", let row = StretchCount(parts, stretches: count, lasting: lasting) {
                time.append(row)
            } else {
                return nil
            }
        }
        self.init(contacts: contacts, time: time)
    }
}

extension PastDayCounts.Contacts {
    fileprivate init?(_ parts: [String], events: Int, lasting: Int64) {
        guard let queue = Queue.ID(parts[1]), let kind = ContactEvent.Kind(rawValue: parts[2]),
            let quarter = Int64(parts[3]), (0..<1_000_000_000).contains(quarter)
        else { return nil }
        self.init(
            queue: queue, kind: kind, quarter: Moment(milliseconds: quarter * PastDayCounts.quarter), events: events,
            lasting: lasting, waits: parts[6])
    }
}

extension StretchCount {
    fileprivate init?(_ parts: [String], stretches: Int, lasting: Int64) {
        guard let doing = Desk.Doing(rawValue: parts[1]), let place = Place(rawValue: parts[2]) else { return nil }
        let team = Team.ID(parts[3])
        if team == nil, parts[3] != "-" { return nil }
        self.init(
            doing: doing, place: place, team: team, skills: SkillProfile(rawValue: parts[6]), stretches: stretches,
            lasting: lasting)
    }
}
