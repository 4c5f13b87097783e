import Storage
import Values

/// A sign-in saying no.
package enum SignInRefusal: Refusal, Equatable {
    /// The username or the password: which of the two is not said.
    case wrong
    case tooMany(retryAfter: Duration)
    case signedOut

    package var kind: RefusalKind {
        switch self {
        case .wrong, .signedOut: .unauthenticated
        case .tooMany(let retryAfter): .tooMany(retryAfter: retryAfter)
        }
    }

    package var sentence: String {
        switch self {
        case .wrong: "This username and password do not belong together."
        case .tooMany(let retryAfter): "Too many tries. Please try again in \(SignInRefusal.words(retryAfter))."
        case .signedOut: "You are no longer signed in."
        }
    }

    private static func words(_ duration: Duration) -> String {
        let seconds = max(1, Int(duration.inSeconds.rounded(.up)))
        if seconds == 1 { return "a second" }
        if seconds < 60 { return "\(seconds) seconds" }
        let minutes = (seconds + 59) / 60
        return minutes == 1 ? "a minute" : "\(minutes) minutes"
    }
}

/// Signing in and out, and who is behind a request.
package struct SignIn: Sendable {
    let store: Store
    let now: @Sendable () -> Moment
    let random: @Sendable (Int) -> [UInt8]
    let settings: Settings
    let hashing: Hashing
    /// What happens with it when somebody has signed out of her last session.
    let signedOut: @Sendable (Person.ID, Act, Transaction) throws -> Void
    /// What she would leave behind then, in a sentence.
    let leavesBehind: @Sendable (Person.ID, Transaction) throws -> String?

    /// - Parameters:
    ///   - random: gives so many bytes that nobody can foresee.
    ///   - signedOut: what else is done when somebody signs out and is then signed in nowhere.
    ///   - leavesBehind: what somebody should know before, in a sentence.
    package init(
        store: Store, now: @escaping @Sendable () -> Moment, random: @escaping @Sendable (Int) -> [UInt8],
        settings: Settings = Settings(),
        signedOut: @escaping @Sendable (Person.ID, Act, Transaction) throws -> Void = { _, _, _ in },
        leavesBehind: @escaping @Sendable (Person.ID, Transaction) throws -> String? = { _, _ in nil }
    ) throws {
        self.store = store
        self.now = now
        self.random = random
        self.settings = settings
        self.signedOut = signedOut
        self.leavesBehind = leavesBehind
        hashing = try Hashing(
            cost: settings.cost, threads: settings.hashThreads, limit: settings.hashLine, salt: random(16))
    }

    /// Begins a session for whoever knows the password.
    ///
    /// - Throws: `SignInRefusal.wrong` for an unknown username, one without a password, one that has left and a wrong
    ///   password alike, at the same cost; `.tooMany` after too many wrong tries or when too many sign in at once.
    package func signIn(
        username: String, password: String, from address: String, request: String? = nil
    ) async throws -> (token: String, signedIn: SignedIn) {
        let attempt = Attempt(username: username, address: address, at: now(), request: request)
        let known = password.utf8.count <= Password.longest
        return try await hashing.inLine {
            let claimed = try await claim(attempt)
            let isRight: Bool
            do {
                isRight = try await hashing.matches(known ? password : "", known ? claimed.hash : nil)
            } catch {
                try await store.write { try Throttle.takeBack(claimed.subjects, in: $0) }
                throw error
            }
            guard isRight, let person = claimed.person, let hash = claimed.hash else {
                try await recordWrong(attempt, claimed.person)
                throw SignInRefusal.wrong
            }
            let renewed = hashing.isCurrent(hash) ? nil : try await hashing.hash(password, salt: random(16))
            return try await begin(attempt, for: person.id, claimed.subjects, provenBy: hash, renewed: renewed)
        }
    }

    /// Begins a session for somebody whom an outside provider has vouched for, if `identity` knows her.
    package func signIn(
        as subject: ExternalSubject, by identity: Identity, from address: String, request: String? = nil
    ) async throws -> (token: String, signedIn: SignedIn) {
        let attempt = Attempt(username: "", address: address, at: now(), request: request)
        let person = try await store.write { transaction -> Person? in
            guard let id = try identity.person(subject, attempt.at, transaction) else { return nil }
            let person = try Person.find(id, on: Day(attempt.at), in: transaction)
            return person.isActive ? person : nil
        }
        guard let person else {
            try await recordWrong(attempt, nil)
            throw SignInRefusal.wrong
        }
        return try await begin(attempt, for: person.id, [], provenBy: nil, renewed: nil)
    }

    /// Removes what no longer counts: ended sessions, forgotten tries, addresses not used for long.
    package func purge() async throws {
        let now = now()
        try await store.write { [settings] in _ = try SignIn.purge(now: now, settings, in: $0) }
    }

    /// The same within a transaction. Says how many rows went.
    @discardableResult
    package static func purge(now: Moment, _ settings: Settings, in transaction: Transaction) throws -> Int {
        try transaction.run(
            """
            DELETE FROM session WHERE seen_at <= \(now - settings.idle) OR made_at <= \(now - settings.absolute)
            """)
            + transaction.run("DELETE FROM session_token WHERE ends_at <= \(now)")
            + transaction.run("DELETE FROM sign_in_try WHERE last_at <= \(now - settings.forgetAfter)")
            + transaction.run("DELETE FROM usual_address WHERE last_at <= \(now - settings.usualFor)")
    }
}

extension SignIn {
    private struct Claimed: Sendable {
        let person: Person?
        let hash: PasswordHash?
        let subjects: [TrySubject]
    }

    /// Counts the try, or refuses it, and finds who it may be.
    private func claim(_ attempt: Attempt) async throws -> Claimed {
        try await store.write { [settings] transaction in
            let day = Day(attempt.at)
            let person = try Person.find(username: attempt.username, on: day, in: transaction)
            let isUsual =
                try person.map { try UsualAddress.isUsual(attempt, for: $0.id, settings, in: transaction) } ?? false
            var subjects = [TrySubject.pair(attempt.username, attempt.stem, isUsual: isUsual, settings)]
            if !isUsual {
                subjects += [.account(attempt.username, settings), .address(attempt.stem, settings)]
            }
            try Throttle.claim(subjects, at: attempt.at, forgetAfter: settings.forgetAfter, in: transaction)
            let isActive = person?.isActive == true
            let hash = isActive ? try person.flatMap { try Credential.find(of: $0.id, in: transaction)?.hash } : nil
            return Claimed(person: person, hash: hash, subjects: subjects)
        }
    }

    private func recordWrong(_ attempt: Attempt, _ person: Person?) async throws {
        // What was typed is not kept: it may be a password in the wrong field.
        let entry = attempt.act(by: nil).entry(.failedSignIn, person.map { Subject($0.id) })
        try await store.write { _ = try Audit.append(entry, in: $0) }
    }

    private func begin(
        _ attempt: Attempt, for id: Person.ID, _ subjects: [TrySubject], provenBy hash: PasswordHash?,
        renewed: PasswordHash?
    ) async throws -> (token: String, signedIn: SignedIn) {
        let token = SessionSecret.text(random(32)), secret = SessionSecret.text(random(32))
        let signedIn = try await store.write { [settings] transaction -> SignedIn? in
            let person = try Person.find(id, on: Day(attempt.at), in: transaction)
            let credential = try Credential.find(of: id, in: transaction)
            // She may have left, or changed her password, while this one was being hashed.
            guard person.isActive, hash == nil || credential?.hash == hash else { return nil }
            if let renewed { try Credential.renew(renewed, of: id, in: transaction) }
            try Throttle.forgive(subjects, in: transaction)
            try UsualAddress.note(attempt, for: id, in: transaction)
            let session = try Session.begin(
                for: id, secret: secret, token: token, address: attempt.address, at: attempt.at,
                renewAfter: settings.renewAfter, in: transaction)
            try Audit.append(attempt.act(by: id).entry(.signIn, Subject("session", session.number)), in: transaction)
            return SignedIn(
                person: person, session: session, formToken: SessionSecret.formToken(of: secret), freshToken: nil,
                mustChangePassword: hash != nil && credential?.mustChange == true, since: attempt.at)
        }
        guard let signedIn else { throw SignInRefusal.wrong }
        return (token, signedIn)
    }
}
