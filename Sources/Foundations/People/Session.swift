import Crypto
import Foundation
import Storage
import Values

/// One stay of a person on the platform, from sign-in to sign-out, in one browser.
package struct Session: Hashable, Sendable {
    package typealias ID = Identifier<Session>
    package let id: ID
    /// From where it was begun.
    package let address: String
    package let madeAt: Moment
    /// The last use, to the minute.
    package let seenAt: Moment
}

/// A person and the session she is in: what every request has.
package struct SignedIn: Hashable, Sendable {
    package let person: Person
    package let session: Session.ID
    /// What every form of this session carries. It stays the same as tokens change, so open forms stay good.
    package let formToken: String
    /// A token to put in the place of the one that was shown, when it is time for another.
    package let freshToken: String?
    /// She signed in with a password that somebody else gave her.
    package let mustChangePassword: Bool
    package let since: Moment

    /// Whether a form carries this session's form token, compared in a time that does not depend on where they differ.
    package func isFormToken(_ shown: String) -> Bool {
        let shown = Array(shown.utf8), expected = Array(formToken.utf8)
        guard shown.count == expected.count else { return false }
        return zip(shown, expected).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// What she does in this request, for the audit trail.
    package func act(at moment: Moment, address: String? = nil, request: String? = nil) -> Act {
        Act(by: person.id, at: moment, address: address, request: request)
    }
}

/// The secrets of a session.
enum SessionSecret {
    /// 32 random bytes as 43 letters, fit for a cookie.
    static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    /// All of a token that is stored. A token is random through and through, so one pass of SHA-256 suffices.
    static func hash(of token: String) -> String {
        Hex.text(SHA256.hash(data: Array(token.utf8)))
    }

    static func formToken(of secret: String) -> String {
        let key = SymmetricKey(data: Array(secret.utf8))
        return text(Array(HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: key)))
    }
}

extension Session {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), address: try row.value("address"), madeAt: try row.value("made_at"),
            seenAt: try row.value("seen_at"))
    }

    /// The sessions of this person, the one last used first: for herself to see where she is signed in.
    package static func all(of person: Person.ID, in transaction: Transaction) throws -> [Session] {
        try transaction.rows(
            """
            SELECT id, address, made_at, seen_at FROM session WHERE person_id = \(person) ORDER BY seen_at DESC, id
            """
        ).map(Session.init(row:))
    }

    /// Whether it would still open a page: the tables keep one that is over until they are tidied.
    func counts(at now: Moment, _ settings: SignIn.Settings) -> Bool {
        now - seenAt < settings.idle && now - madeAt < settings.absolute
    }

    /// Ends one session of this person, seen as out of place by herself.
    package static func end(_ id: ID, of person: Person.ID, by act: Act, in transaction: Transaction) throws {
        let ended = try transaction.run("DELETE FROM session WHERE id = \(id) AND person_id = \(person)")
        guard ended == 1 else { return }
        try Audit.append(act.entry(.signOut, Subject("session", id.number)), in: transaction)
    }

    /// Begins a session with its first token.
    static func begin(
        for person: Person.ID, secret: String, token: String, address: String, at now: Moment, renewAfter: Duration,
        in transaction: Transaction
    ) throws -> ID {
        let id: ID = try transaction.insert(
            """
            INSERT INTO session (person_id, secret, address, made_at, seen_at)
            VALUES (\(person), \(secret), \(address), \(now), \(now)) RETURNING id
            """)
        try transaction.run(
            """
            INSERT INTO session_token (hash, session_id, renews_at, used_at)
            VALUES (\(SessionSecret.hash(of: token)), \(id), \(now + renewAfter), \(now))
            """)
        return id
    }

    /// Makes every token of this person due for another: after a change of what she may do.
    static func renewTokens(of person: Person.ID, at now: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE session_token SET renews_at = \(now)
            WHERE session_id IN (SELECT id FROM session WHERE person_id = \(person))
            """)
    }

    /// Ends all sessions of this person, but perhaps one. Says how many.
    @discardableResult
    static func endAll(of person: Person.ID, but kept: ID? = nil, in transaction: Transaction) throws -> Int {
        let others: SQL = if let kept { "AND id <> \(kept)" } else { "" }
        return try transaction.run("DELETE FROM session WHERE person_id = \(person) \(others)")
    }
}
