import Storage
import Values

/// Who somebody is to an outside provider of sign-in: OpenID Connect's issuer and subject.
package struct ExternalSubject: Hashable, Sendable {
    package let provider: String
    package let subject: String
    /// What the provider says of the person, for a first meeting: a username, a staff number.
    package let claims: [String: String]

    package init(provider: String, subject: String, claims: [String: String] = [:]) {
        self.provider = provider
        self.subject = subject
        self.claims = claims
    }
}

/// How somebody from outside becomes a person here: the seam at which OpenID Connect is put in.
package struct Identity: Sendable {
    /// The person of this subject, or nil when she is not one of ours.
    package let person: @Sendable (ExternalSubject, Moment, Transaction) throws -> Person.ID?

    package init(person: @escaping @Sendable (ExternalSubject, Moment, Transaction) throws -> Person.ID?) {
        self.person = person
    }

    /// Only subjects that an administrator has linked.
    package static let linked = Identity { subject, _, transaction in
        try find(subject, in: transaction)
    }

    /// Linked subjects; a new one is linked to the person whose staff number the provider names in this claim.
    package static func byStaffNumber(inClaim claim: String) -> Identity {
        Identity { subject, now, transaction in
            if let known = try find(subject, in: transaction) { return known }
            guard let number = subject.claims[claim],
                let person = try Person.find(staffNumber: number, on: Day(now), in: transaction)
            else { return nil }
            try link(subject, to: person.id, by: Act(by: nil, at: now), in: transaction)
            return person.id
        }
    }

    private static func find(_ subject: ExternalSubject, in transaction: Transaction) throws -> Person.ID? {
        try transaction.row(
            """
            SELECT person_id FROM person_identity
            WHERE provider = \(subject.provider) AND subject = \(subject.subject)
            """)?.value("person_id")
    }

    /// Says that this subject is this person from now on.
    package static func link(
        _ subject: ExternalSubject, to person: Person.ID, by act: Act, in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO person_identity (provider, subject, person_id)
            VALUES (\(subject.provider), \(subject.subject), \(person))
            ON CONFLICT (provider, subject) DO UPDATE SET person_id = excluded.person_id
            """)
        let entry = act.entry(.identityChanged, Subject(person), ["provider": subject.provider])
        try Audit.append(entry, in: transaction)
    }

    /// Takes the person's link to a provider away.
    package static func unlink(
        _ provider: String, from person: Person.ID, by act: Act, in transaction: Transaction
    ) throws {
        let removed = try transaction.run(
            "DELETE FROM person_identity WHERE provider = \(provider) AND person_id = \(person)")
        guard removed > 0 else { throw StaffRefusal.unknown }
        let detail = ["provider": provider, "link": "removed"]
        try Audit.append(act.entry(.identityChanged, Subject(person), detail), in: transaction)
    }
}
