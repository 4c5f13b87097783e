import People
import Routing
import Storage
import Values

/// What the board remembers of today from one rendering to the next.
struct BoardMemory: Sendable {
    var contacts = DayCounts<ContactCounts>()
    var time = DayCounts<TimeCounts>()
}

extension Board {
    /// More teams than these do not fit on a wall, nor into a rendering every second.
    static let mostTeams = 200

    /// The board at this moment.
    static func read(_ memory: inout BoardMemory, at now: Moment, in transaction: Transaction) throws -> Board {
        let day = Day(now)
        let today = Span(of: day)
        let queues = try Queue.all(in: transaction)
        let present = try BoardNow.read(queues, today: today, at: now, in: transaction)
        let contacts = try memory.contacts.count(today, until: now, open: present.openContacts, in: transaction)
        var time = try memory.time.count(today, until: now, open: present.openStretches, in: transaction)
        time += present.time
        let work = contacts.queues.mapValues(\.work).merging(present.running, uniquingKeysWith: +)
        let shares = Occupancy.shares(of: time, work: work, among: queues)
        let names = try teamNames(contacts, present, in: transaction)
        let help = try help(in: transaction)
        return Board(
            at: now, day: day, target: Int(ServiceLevel.promise.inSeconds),
            headline: Headline(
                name: "answered within 5 minutes, of offered", value: contacts.total.serviceLevel.offered),
            total: Line(name: "All queues", contacts.total, present.waiting, present.staff, time.total, at: now),
            queues: queues.map { queue in
                Line(
                    id: queue.id.number, name: queue.name, language: queue.language, contacts.queues[queue.id],
                    present.waitingIn[queue.id], present.skilled[queue.id], shares[queue.id], at: now)
            },
            teams: names.map { team, name in
                Line(
                    id: team?.number, name: name, contacts.teams[team], present.offeredTo[team], present.teams[team],
                    time.teams[team], at: now)
            },
            places: Place.allCases.map { place in
                Line(
                    name: place.label, contacts.places[place], present.offeredAt[place], present.places[place],
                    time.places[place], at: now)
            },
            advisers: Advisers(of: present), curve: curve(contacts.quarters, of: today, until: now), help: help)
    }

    /// The quarters of an hour from the first in which somebody came, or the present one.
    private static func curve(_ quarters: [Moment: Tally], of today: Span, until now: Moment) -> [Quarter] {
        let first = quarters.keys.min() ?? now
        return today.quarters.filter { $0.start <= now && $0.end > first }.map { quarter in
            let tally = quarters[quarter.start] ?? Tally()
            return Quarter(
                start: quarter.clock, offered: tally.counts.offered, answered: tally.counts.answered,
                abandoned: tally.counts.abandoned, answeredInTarget: tally.counts.answeredInTarget,
                serviceLevel: tally.serviceLevel.offered)
        }
    }

    private static func teamNames(
        _ contacts: ContactCounts, _ present: BoardNow, in transaction: Transaction
    ) throws -> [(Team.ID?, String)] {
        func size(_ team: Team.ID?) -> Int {
            (present.teams[team]?.present ?? 0) + (contacts.teams[team]?.counts.answered ?? 0)
        }
        // Whose whole team has gone home without a figure is not on the wall.
        let all = Set(present.teams.keys).union(contacts.teams.keys).filter {
            present.teams[$0]?.present ?? 0 > 0 || contacts.teams[$0] ?? Tally() != Tally()
        }
        let largest = all.sorted { (size($1), $0?.number ?? 0) < (size($0), $1?.number ?? 0) }.prefix(mostTeams)
        let rows = try transaction.rows(
            """
            SELECT team.id, team.name, directorate.name AS directorate FROM team
            JOIN directorate ON directorate.id = team.directorate_id WHERE team.id IN \(anyOf: largest.compactMap(\.self))
            """
        ).map { TeamName(id: try $0.value("id"), name: try $0.value("name"), directorate: try $0.value("directorate")) }
        let names = TeamName.distinct(rows)
        return largest.map { team in (team, team.flatMap { names[$0] } ?? "No team") }.sorted { $0.1 < $1.1 }
    }

    private static func help(in transaction: Transaction) throws -> [Help] {
        try transaction.rows(
            """
            SELECT contact.id, person.name AS adviser, queue.name AS queue, queue.language, contact.help_asked_at
            FROM contact
            JOIN person ON person.id = contact.adviser_id JOIN queue ON queue.id = contact.queue_id
            WHERE contact.state <> 'ended' AND contact.state = 'active' AND contact.help_asked_at IS NOT NULL
            ORDER BY contact.help_asked_at, contact.id LIMIT 50
            """
        ).map { row in
            Help(
                contact: try row.value("id"), adviser: try row.value("adviser"), queue: try row.value("queue"),
                language: try row.value("language"), since: try row.value("help_asked_at"))
        }
    }
}

/// What a team is called, and where: directorates may each have a team of the same name.
struct TeamName: Sendable {
    let id: Team.ID
    let name, directorate: String

    /// The names by which these teams can be told apart: with the directorate where two are called the same.
    static func distinct(_ teams: [TeamName]) -> [Team.ID: String] {
        let counts = Dictionary(teams.map { ($0.name, 1) }, uniquingKeysWith: +)
        return Dictionary(
            uniqueKeysWithValues: teams.map { team in
                (team.id, counts[team.name] == 1 ? team.name : "\(team.name), \(team.directorate)")
            })
    }
}

extension Board.Advisers {
    fileprivate init(of now: BoardNow) {
        byStatus = ByStatus(
            available: now.staff[.idle], busy: now.staff[.handling], wrapUp: now.staff[.wrapUp],
            onBreak: now.staff[.onBreak], training: now.staff[.training], missed: now.staff[.missed],
            offline: now.staff[.offline])
        byPlace = ByPlace(
            home: now.places[.home]?.present ?? 0, office: now.places[.office]?.present ?? 0,
            touchdown: now.places[.touchdown]?.present ?? 0)
    }
}

extension Place {
    /// The place as the board names it.
    var label: String {
        switch self {
        case .home: "Home"
        case .office: "Office"
        case .touchdown: "Touchdown site"
        }
    }
}
