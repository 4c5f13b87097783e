import Storage
import Values

/// A person's password as it is kept.
struct Credential: Sendable {
    let hash: PasswordHash
    /// Somebody else chose it.
    let mustChange: Bool

    static func find(of person: Person.ID, in transaction: Transaction) throws -> Credential? {
        try transaction.row("SELECT password, must_change FROM credential WHERE person_id = \(person)").map {
            Credential(
                hash: PasswordHash(encoded: try $0.value("password")),
                mustChange: try $0.value("must_change", as: Int.self) == 1)
        }
    }

    func store(of person: Person.ID, at now: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO credential (person_id, password, changed_at, must_change)
            VALUES (\(person), \(hash.encoded), \(now), \(mustChange ? 1 : 0))
            ON CONFLICT (person_id) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at,
                must_change = excluded.must_change
            """)
    }

    /// Keeps the same password at another cost.
    static func renew(_ hash: PasswordHash, of person: Person.ID, in transaction: Transaction) throws {
        try transaction.run("UPDATE credential SET password = \(hash.encoded) WHERE person_id = \(person)")
    }
}

extension SignIn {
    /// Changes one's own password: every other session ends, and this one goes on with the token that is returned.
    package func changePassword(
        _ signedIn: SignedIn, old: String, new: String, act: Act
    ) async throws -> (token: String, signedIn: SignedIn) {
        let person = signedIn.person, subject = TrySubject.passwordChange(person.id, settings)
        try Password.check(new, for: person)
        guard old != new else { throw PasswordRefusal.unchanged }
        return try await hashing.inLine {
            let credential = try await store.write { [settings] transaction in
                try Throttle.claim([subject], at: act.at, forgetAfter: settings.forgetAfter, in: transaction)
                return try Credential.find(of: person.id, in: transaction)
            }
            guard try await hashing.matches(old, credential?.hash) else { throw PasswordRefusal.wrongOld }
            let hash = try await hashing.hash(new, salt: random(16))
            let token = SessionSecret.text(random(32))
            return try await store.write { [settings] transaction in
                guard try Credential.find(of: person.id, in: transaction)?.hash == credential?.hash
                else { throw PasswordRefusal.wrongOld }
                try Throttle.forgive([subject], in: transaction)
                try Credential(hash: hash, mustChange: false).store(of: person.id, at: act.at, in: transaction)
                try Session.endAll(of: person.id, but: signedIn.session, in: transaction)
                try Session.replaceTokens(
                    of: signedIn.session, by: token, at: act.at, settings, in: transaction)
                try Audit.append(act.entry(.passwordChanged, Subject(person.id)), in: transaction)
                return (token, signedIn.withOwnPassword)
            }
        }
    }

    /// Gives somebody a password, which she must change at her next sign-in; all her sessions end.
    package func setPassword(of id: Person.ID, to new: String, mustChange: Bool = true, by act: Act) async throws {
        let person = try await store.read { try Person.find(id, on: Day(act.at), in: $0) }
        try Password.check(new, for: person)
        try await hashing.inLine {
            let hash = try await hashing.hash(new, salt: random(16))
            try await store.write { transaction in
                try Credential(hash: hash, mustChange: mustChange).store(of: id, at: act.at, in: transaction)
                try Session.endAll(of: id, in: transaction)
                let entry = act.entry(.passwordChanged, Subject(id), ["must_change": "\(mustChange)"])
                try Audit.append(entry, in: transaction)
            }
        }
    }
}

extension Session {
    /// Gives a session one new token in place of all it had.
    static func replaceTokens(
        of session: ID, by token: String, at now: Moment, _ settings: SignIn.Settings, in transaction: Transaction
    ) throws {
        guard try transaction.row("SELECT id FROM session WHERE id = \(session)") != nil
        else { throw SignInRefusal.signedOut }
        // Requests on their way still show an old token: it has the usual grace, and no more renewals.
        try transaction.run(
            """
            UPDATE session_token SET ends_at = \(now + settings.grace) WHERE session_id = \(session) AND ends_at IS NULL
            """)
        try transaction.run(
            """
            INSERT INTO session_token (hash, session_id, renews_at, used_at)
            VALUES (\(SessionSecret.hash(of: token)), \(session), \(now + settings.renewAfter), \(now))
            """)
    }
}

extension SignedIn {
    fileprivate var withOwnPassword: SignedIn {
        SignedIn(
            person: person, session: session, formToken: formToken, freshToken: nil, mustChangePassword: false,
            since: since)
    }
}
