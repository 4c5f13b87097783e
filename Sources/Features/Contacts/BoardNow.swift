import People
import Routing
import Storage
import Values

/// How things stand at this moment, read from contacts and desks: who waits, who does what, what is still open.
struct BoardNow: Sendable {
    private(set) var waiting: Waiting?
    private(set) var waitingIn: [Queue.ID: Waiting] = [:]
    private(set) var offeredTo: [Team.ID?: Waiting] = [:]
    private(set) var offeredAt: [Place: Waiting] = [:]
    private(set) var staff = Staff()
    private(set) var teams: [Team.ID?: Staff] = [:]
    private(set) var places: [Place: Staff] = [:]
    private(set) var skilled: [Queue.ID: Staff] = [:]
    /// How long the contacts that are with advisers now have been with them today.
    private(set) var running: [Queue.ID: Duration] = [:]
    /// Stretches of work that go on, as far as they fall on today.
    private(set) var time = TimeCounts()
    /// The quarters of an hour in which contacts came in that have not ended.
    private(set) var openContacts: Set<Moment> = []
    /// The quarters of an hour in which stretches began that go on.
    private(set) var openStretches: Set<Moment> = []

    static func read(_ queues: [Queue], today: Span, at now: Moment, in transaction: Transaction) throws -> BoardNow {
        var board = BoardNow()
        try board.readContacts(in: transaction)
        try board.readRunning(today: today, at: now, in: transaction)
        try board.readOffers(in: transaction)
        try board.readDesks(today: today, at: now, in: transaction)
        let day = Day(now)
        for queue in queues { board.skilled[queue.id] = try board.staff(for: queue, on: day, in: transaction) }
        return board
    }

    private mutating func readContacts(in transaction: Transaction) throws {
        // By the minute of entering: some hundred rows, however many contacts are open.
        let rows = try transaction.rows(
            """
            SELECT queue_id, substr(entered_at, 1, 16) AS minute, MIN(entered_at) AS first,
                SUM(CASE WHEN state IN ('waiting', 'offered') THEN 1 ELSE 0 END) AS waiting,
                MIN(CASE WHEN state IN ('waiting', 'offered') THEN entered_at END) AS since
            FROM contact WHERE state <> 'ended' GROUP BY queue_id, substr(entered_at, 1, 16)
            """)
        for row in rows {
            openContacts.insert(Span.quarterStart(of: try row.value("first")))
            guard let since: Moment = try row.optional("since") else { continue }
            let part = Waiting(count: try row.value("waiting"), since: since)
            waiting += part
            waitingIn[try row.value("queue_id")] += part
        }
    }

    private mutating func readRunning(today: Span, at now: Moment, in transaction: Transaction) throws {
        // By the minute of the answer or the end, each counted from its middle: exact enough to share work out by.
        let rows = try transaction.rows(
            """
            SELECT queue_id, substr(COALESCE(ended_at, answered_at), 1, 16) AS minute, COUNT(*) AS n FROM contact
            WHERE state <> 'ended' AND state IN ('active', 'wrap_up')
            GROUP BY queue_id, substr(COALESCE(ended_at, answered_at), 1, 16)
            """)
        for row in rows {
            guard let start = Moment(try row.value("minute") + ":30Z") else { continue }
            let count: Int = try row.value("n")
            running[try row.value("queue_id"), default: .zero] += max(.zero, now - max(start, today.start)) * count
        }
    }

    private mutating func readOffers(in transaction: Transaction) throws {
        let rows = try transaction.rows(
            """
            SELECT desk.team_id, desk.place, COUNT(*) AS n, MIN(contact.entered_at) AS since
            FROM contact JOIN desk ON desk.adviser_id = contact.adviser_id
            WHERE contact.state <> 'ended' AND contact.state = 'offered' GROUP BY desk.team_id, desk.place
            """)
        for row in rows {
            let part = Waiting(count: try row.value("n"), since: try row.value("since"))
            offeredTo[try row.optional("team_id")] += part
            offeredAt[try row.value("place")] += part
        }
    }

    private mutating func readDesks(today: Span, at now: Moment, in transaction: Transaction) throws {
        let rows = try transaction.rows(
            """
            SELECT doing, place, team_id, skills, doing_since FROM desk WHERE doing <> 'offline'
            """)
        for row in rows {
            let doing: Desk.Doing = try row.value("doing")
            let place: Place = try row.value("place")
            let team: Team.ID? = try row.optional("team_id")
            let since: Moment = try row.value("doing_since")
            openStretches.insert(Span.quarterStart(of: since))
            staff[doing] += 1
            guard doing != .lineLost else { continue }
            teams[team, default: Staff()][doing] += 1
            places[place, default: Staff()][doing] += 1
            time.note(
                doing, max(.zero, now - max(since, today.start)), team: team, place: place,
                skills: try row.value("skills"))
        }
        let all: Int = try transaction.row("SELECT COUNT(*) AS n FROM desk")?.value("n") ?? 0
        // Whose line is lost is not at work, as far as anyone can tell.
        staff[.offline] = all - rows.count + staff[.lineLost]
    }

    /// Those at work who have the skills that the queue asks for at once.
    private func staff(for queue: Queue, on day: Day, in transaction: Transaction) throws -> Staff {
        if queue.firstNeeds.isEmpty { return staff }
        let conditions = queue.firstNeeds.map { need -> SQL in
            """
            AND EXISTS (SELECT 1 FROM person_skill WHERE person_skill.person_id = desk.adviser_id
                AND person_skill.skill_id = \(need.skill) AND person_skill.level >= \(need.level)
                AND person_skill.from_day <= \(day) AND (person_skill.until_day IS NULL OR person_skill.until_day > \(day)))
            """
        }
        var staff = Staff()
        let rows = try transaction.rows(
            """
            SELECT doing, COUNT(*) AS n FROM desk WHERE doing <> 'offline' \(SQL.list(conditions, separator: " "))
            GROUP BY doing
            """)
        for row in rows { staff[try row.value("doing")] = try row.value("n") }
        return staff
    }
}

extension Waiting? {
    fileprivate static func += (sum: inout Waiting?, part: Waiting) {
        guard let before = sum else { return sum = part }
        sum = Waiting(count: before.count + part.count, since: min(before.since, part.since))
    }
}
