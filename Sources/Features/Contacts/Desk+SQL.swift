import People
import Routing
import Storage
import Values

extension Desk.Status: SQLConvertible {}
extension Desk.Doing: SQLConvertible {}

extension Desk {
    init(row: Row) throws {
        adviser = try row.value("adviser_id")
        status = try row.value("status")
        reason = try row.optional("reason")
        place = try row.value("place")
        since = try row.value("since")
        idleSince = try row.value("idle_since")
        seenAt = try row.value("seen_at")
        chats = try row.value("chats")
        doing = try row.value("doing")
        doingSince = try row.value("doing_since")
    }

    private static let columns: SQL = """
        adviser_id, status, reason, place, since, idle_since, seen_at, chats, doing, doing_since
        """

    static func find(_ adviser: Person.ID, in transaction: Transaction) throws -> Desk? {
        try transaction.row("SELECT \(columns) FROM desk WHERE adviser_id = \(adviser)").map(Desk.init(row:))
    }

    /// Her desk, made when she comes for the first time.
    static func of(_ person: Person, at now: Moment, in transaction: Transaction) throws -> Desk {
        if let desk = try find(person.id, in: transaction) { return desk }
        try transaction.run(
            """
            INSERT INTO desk (adviser_id, status, place, since, idle_since, seen_at, team_id, doing, doing_since)
            VALUES (\(person.id), 'offline', \(person.contractedPlace), \(now), \(now), \(now), \(person.team),
                'offline', \(now))
            """)
        guard let desk = try find(person.id, in: transaction) else { throw StorageFault.nothingReturned }
        return desk
    }

    /// All desks whose adviser is at work, for the router to start from.
    static func present(in transaction: Transaction) throws -> [Desk] {
        try transaction.rows("SELECT \(columns) FROM desk WHERE status <> 'offline'").map(Desk.init(row:))
    }

    /// What she says of herself.
    ///
    /// - Throws: `DeskRefusal.stillTalking` when she goes offline with conversations open.
    func change(
        to status: Status, reason: String?, place: Place?, team: Team.ID?, at now: Moment, in transaction: Transaction
    ) throws {
        if status == .offline {
            let talking = try Contact.at(adviser, in: transaction).filter { $0.state == .active }.count
            if talking > 0 { throw DeskRefusal.stillTalking(talking) }
        }
        try set(status, reason: reason, place: place ?? self.place, seenAt: now, at: now, in: transaction)
        try transaction.run("UPDATE desk SET team_id = \(team) WHERE adviser_id = \(adviser)")
        try Desk.learn(adviser, at: now, in: transaction)
    }

    /// What has become of her, without asking her.
    func fall(to status: Status, at now: Moment, in transaction: Transaction) throws {
        try set(status, reason: nil, place: place, seenAt: seenAt, at: now, in: transaction)
    }

    private func set(
        _ status: Status, reason: String?, place: Place, seenAt: Moment, at now: Moment, in transaction: Transaction
    ) throws {
        let isBack = status == .available && self.status != .available
        // What was until now is written down first, with the reason, place and team of then.
        try Desk.closeStretch(adviser, at: now, in: transaction)
        try transaction.run(
            """
            UPDATE desk SET status = \(status), reason = \(reason), place = \(place), since = \(now), seen_at = \(seenAt),
                idle_since = \(isBack ? now : idleSince), doing_since = \(now)
            WHERE adviser_id = \(adviser)
            """)
        try Desk.note(adviser, at: now, in: transaction)
        try RoutingEvent.append(.adviser, adviser: adviser, in: transaction)
    }

    /// Notes what her time counts as from now on, and lets her desk and the board know. Called after every change
    /// of her status or of her contacts.
    static func note(_ adviser: Person.ID, at now: Moment, in transaction: Transaction) throws {
        try DeskRevision.raise(adviser, in: transaction)
        transaction.ring(.board)
        guard let desk = try find(adviser, in: transaction) else { return }
        let counts = try transaction.row(
            """
            SELECT COALESCE(SUM(CASE WHEN state = 'active' THEN 1 ELSE 0 END), 0) AS active,
                COALESCE(SUM(CASE WHEN state = 'wrap_up' THEN 1 ELSE 0 END), 0) AS wrap_ups
            FROM contact WHERE adviser_id = \(adviser) AND \(Contact.isHeld)
            """)
        let doing = Doing(
            status: desk.status, active: try counts?.value("active") ?? 0, wrapUps: try counts?.value("wrap_ups") ?? 0)
        guard doing != desk.doing else { return }
        try closeStretch(adviser, at: now, in: transaction)
        try transaction.run(
            """
            UPDATE desk SET doing = \(doing), doing_since = \(now),
                idle_since = CASE WHEN \(doing) = 'idle' THEN \(now) ELSE idle_since END
            WHERE adviser_id = \(adviser)
            """)
    }

    /// Writes down the stretch of time that ends now, cut at midnight so that days add up; being offline is nobody's
    /// business.
    static func closeStretch(_ adviser: Person.ID, at now: Moment, in transaction: Transaction) throws {
        guard let desk = try find(adviser, in: transaction), desk.doing != .offline else { return }
        for part in Span(start: desk.doingSince, end: now).days {
            try transaction.run(
                """
                INSERT INTO desk_time (adviser_id, from_at, until_at, doing, reason, place, team_id, skills, milliseconds)
                SELECT adviser_id, CAST(\(part.start) AS TEXT), CAST(\(part.end) AS TEXT), doing, reason, place, team_id,
                    skills, CAST(\(part.end - part.start) AS BIGINT)
                FROM desk WHERE adviser_id = \(adviser)
                """)
        }
    }

    /// Cuts the stretches of all who are ready: what they are ready for is no longer the same.
    static func cutIdle(at now: Moment, in transaction: Transaction) throws {
        let idle = try transaction.rows("SELECT adviser_id FROM desk WHERE doing <> 'offline' AND doing = 'idle'")
        for row in idle { try closeStretch(row.value("adviser_id"), at: now, in: transaction) }
        try transaction.run("UPDATE desk SET doing_since = \(now) WHERE doing <> 'offline' AND doing = 'idle'")
    }

    /// The desk as the router knows it.
    func routed(skills: [Skill.ID: Int]) -> Adviser {
        let availability: Availability =
            switch status {
            case .available: .available
            case .onBreak, .training, .leaving: .paused
            case .missed: .missed
            case .offline, .lineLost: .offline
            }
        return Adviser(
            id: Adviser.ID(adviser.number), skills: skills, availability: availability,
            capacity: Capacity(limits: [.chat: chats, .call: 1, .callback: 1]), idleSince: idleSince)
    }
}
