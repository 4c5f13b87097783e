import Storage
import Values

extension SignIn {
    /// The person of a session as she is by now: asked again and again while a live view stays open. Nil when the session
    /// has ended, she has left, or somebody else has set her password. It goes by the session, as tokens change meanwhile.
    ///
    /// - Parameter isUse: whether being there counts as a use, so that the session does not idle out.
    package func holder(of session: Session.ID, isUse: Bool) async throws -> Person? {
        let now = now()
        let found = try await store.read { [settings] in try settings.holder(of: session, at: now, in: $0) }
        guard let found else { return nil }
        if isUse, now - found.seenAt >= settings.seenEvery {
            try await store.write {
                try $0.run("UPDATE session SET seen_at = \(now) WHERE id = \(session) AND seen_at < \(now)")
            }
        }
        return found.person
    }
}

extension SignIn.Settings {
    fileprivate func holder(
        of session: Session.ID, at now: Moment, in transaction: Transaction
    ) throws -> (person: Person, seenAt: Moment)? {
        let row = try transaction.row(
            """
            SELECT session.person_id, session.made_at, session.seen_at, credential.must_change
            FROM session LEFT JOIN credential ON credential.person_id = session.person_id WHERE session.id = \(session)
            """)
        guard let row, try row.optional("must_change", as: Int.self) != 1 else { return nil }
        let seenAt: Moment = try row.value("seen_at"), madeAt: Moment = try row.value("made_at")
        let person = try Person.find(try row.value("person_id"), on: Day(now), in: transaction)
        guard person.isActive, now - seenAt < idle, now - madeAt < absolute else { return nil }
        return (person, seenAt)
    }
}
