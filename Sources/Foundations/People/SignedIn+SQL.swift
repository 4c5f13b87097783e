import Storage
import Values

extension SignIn {
    /// The person behind a session's token, or nil when the session has ended: asked on every request.
    ///
    /// Nothing is remembered between requests, so a sign-out or a change of roles holds from the next request on, on
    /// every server. When `freshToken` is not nil, the answer should hand it to the browser.
    package func signedIn(by token: String) async throws -> SignedIn? {
        guard token.utf8.count == 43 else { return nil }
        let hash = SessionSecret.hash(of: token), now = now()
        let found = try await store.read { [settings] in try FoundSession(hash: hash, at: now, settings, in: $0) }
        guard let found else { return nil }
        guard found.isDue else { return found.signedIn(freshToken: nil) }
        let fresh = SessionSecret.text(random(32))
        let isRenewed = try await store.write { [settings] in
            try found.keep(hash, fresh: SessionSecret.hash(of: fresh), at: now, settings, in: $0)
        }
        return found.signedIn(freshToken: isRenewed ? fresh : nil)
    }

    /// Ends the session of this token; an unknown one does no harm.
    ///
    /// - Parameter leavesWork: whoever signs out has been told what is left behind, so it is left also with another session open.
    package func signOut(
        _ token: String, leavesWork: Bool = false, address: String? = nil, request: String? = nil
    ) async throws {
        let hash = SessionSecret.hash(of: token), now = now()
        try await store.write { [settings, signedOut] transaction in
            let row = try transaction.row(
                """
                SELECT session.id, session.person_id FROM session_token
                JOIN session ON session.id = session_token.session_id WHERE session_token.hash = \(hash)
                """)
            guard let row else { return }
            let session: Session.ID = try row.value("id")
            try transaction.run("DELETE FROM session WHERE id = \(session)")
            let person: Person.ID = try row.value("person_id")
            let act = Act(by: person, at: now, address: address, request: request)
            try Audit.append(act.entry(.signOut, Subject("session", session.number)), in: transaction)
            let others = try Session.all(of: person, in: transaction)
            if leavesWork || !others.contains(where: { $0.counts(at: now, settings) }) {
                try signedOut(person, act, transaction)
            }
        }
    }

    /// What this person leaves behind by signing out, in a sentence; nil when there is nothing to know.
    package func leftBehind(by person: Person.ID) async throws -> String? {
        try await store.read { [leavesBehind] in try leavesBehind(person, $0) }
    }

    /// Ends every session of this person, on every server, from her next request on.
    package func signOutEverywhere(_ person: Person.ID, by act: Act) async throws {
        try await store.write { [signedOut] transaction in
            let count = try Session.endAll(of: person, in: transaction)
            let entry = act.entry(.signOut, Subject(person), ["sessions": "\(count)"])
            try Audit.append(entry, in: transaction)
            try signedOut(person, act, transaction)
        }
    }
}

/// What the tables know about a token that is still good.
struct FoundSession: Sendable {
    private let person: Person
    private let session: Session.ID
    private let secret: String
    private let mustChangePassword: Bool
    private let madeAt: Moment
    private let isSeenDue: Bool
    private let isRenewalDue: Bool
    private let isFirstUse: Bool

    init?(hash: String, at now: Moment, _ settings: SignIn.Settings, in transaction: Transaction) throws {
        let today = Day(now)
        let rows = try transaction.rows(
            """
            SELECT session.id AS session_id, session.secret, session.made_at, session.seen_at,
                session_token.renews_at, session_token.used_at, session_token.ends_at, credential.must_change,
                person.id, person.staff_number, person.username, person.name, person.left_on,
                post.directorate_id, post.team_id, post.site_id, post.grade, post.contracted_place, person_role.role
            FROM session_token
            JOIN session ON session.id = session_token.session_id
            JOIN person ON person.id = session.person_id
            LEFT JOIN person_assignment AS post ON post.person_id = person.id
                AND post.from_day <= \(today) AND (post.until_day IS NULL OR post.until_day > \(today))
            LEFT JOIN person_role ON person_role.person_id = person.id
            LEFT JOIN credential ON credential.person_id = person.id
            WHERE session_token.hash = \(hash)
            """)
        guard let row = rows.first else { return nil }
        let roles = Set(try rows.compactMap { try $0.optional("role", as: Role.self) })
        person = try Person(row: row, roles: roles, on: today)
        session = try row.value("session_id")
        secret = try row.value("secret")
        mustChangePassword = try row.optional("must_change", as: Int.self) == 1
        madeAt = try row.value("made_at")
        let seenAt: Moment = try row.value("seen_at")
        let endsAt: Moment? = try row.optional("ends_at")
        isSeenDue = now - seenAt >= settings.seenEvery
        isRenewalDue = try endsAt == nil && row.value("renews_at", as: Moment.self) <= now
        isFirstUse = try row.optional("used_at", as: Moment.self) == nil
        guard person.isActive, now - seenAt < settings.idle, now - madeAt < settings.absolute,
            endsAt.map({ now < $0 }) ?? true
        else { return nil }
    }

    /// Whether something is to be written down.
    var isDue: Bool { isSeenDue || isRenewalDue || isFirstUse }

    func signedIn(freshToken: String?) -> SignedIn {
        SignedIn(
            person: person, session: session, formToken: SessionSecret.formToken(of: secret), freshToken: freshToken,
            mustChangePassword: mustChangePassword, since: madeAt)
    }

    /// Writes down the use, and a fresh token if it is time and no parallel request was quicker. Says whether it did
    /// the latter.
    ///
    /// The shown token stays good until the fresh one is used: an answer that is lost on its way signs nobody out.
    func keep(
        _ hash: String, fresh: String, at now: Moment, _ settings: SignIn.Settings, in transaction: Transaction
    ) throws -> Bool {
        if isSeenDue {
            try transaction.run("UPDATE session SET seen_at = \(now) WHERE id = \(session) AND seen_at < \(now)")
        }
        if isFirstUse {
            try transaction.run(
                "UPDATE session_token SET used_at = \(now) WHERE hash = \(hash) AND used_at IS NULL")
            try transaction.run(
                """
                UPDATE session_token SET ends_at = \(now + settings.grace)
                WHERE session_id = \(session) AND hash <> \(hash) AND ends_at IS NULL
                """)
        }
        guard isRenewalDue else { return false }
        let isFirst = try transaction.run(
            """
            UPDATE session_token SET renews_at = \(now + settings.renewAfter)
            WHERE hash = \(hash) AND renews_at <= \(now) AND ends_at IS NULL
            """)
        guard isFirst == 1 else { return false }
        try transaction.run(
            "DELETE FROM session_token WHERE session_id = \(session) AND (used_at IS NULL OR ends_at <= \(now))")
        try transaction.run(
            """
            INSERT INTO session_token (hash, session_id, renews_at)
            VALUES (\(fresh), \(session), \(now + settings.renewAfter))
            """)
        return true
    }
}

extension SignIn {
    /// When this session ends at the latest, however busy it is.
    package func end(of signedIn: SignedIn) -> Moment {
        signedIn.since + settings.absolute
    }
}
