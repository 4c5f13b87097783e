import Storage
import Values

/// One try to sign in.
struct Attempt: Sendable {
    let username: String
    let address: String
    /// What of the address counts for throttling.
    let stem: String
    let at: Moment
    let request: String?

    init(username: String, address: String, at moment: Moment, request: String?) {
        // What can be nobody's username is not worth a look at the table, where a NUL would be a fault.
        let folded = username.lowercased()
        self.username = Person.isUsable(username: folded) ? folded : ""
        self.address = String(address.prefix(64))
        stem = Throttle.stem(of: address)
        at = moment
        self.request = request
    }

    func act(by person: Person.ID?) -> Act {
        Act(by: person, at: at, address: address, request: request)
    }
}

/// The addresses from which a person has signed in lately.
enum UsualAddress {
    static func isUsual(
        _ attempt: Attempt, for person: Person.ID, _ settings: SignIn.Settings, in transaction: Transaction
    ) throws -> Bool {
        try transaction.row(
            """
            SELECT last_at FROM usual_address WHERE person_id = \(person) AND address = \(attempt.stem)
                AND last_at > \(attempt.at - settings.usualFor)
            """) != nil
    }

    static func note(_ attempt: Attempt, for person: Person.ID, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO usual_address (person_id, address, last_at) VALUES (\(person), \(attempt.stem), \(attempt.at))
            ON CONFLICT (person_id, address) DO UPDATE SET last_at = excluded.last_at
            """)
    }
}
