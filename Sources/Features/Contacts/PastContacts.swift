import Foundation
import Logging
import People
import Storage
import Values

extension Contacts {
    /// Counts the days that are over, as a server does in the background.
    package static func countPast(in store: Store, until now: Moment, logger: Logger) async throws {
        try await PastDays(store: store, now: { now }, logger: logger).count()
    }

    /// Writes contacts of the past in bulk, each with its events, as if they had happened: for a demo body and for
    /// measuring with a million of them. The same numbers give the same contacts.
    package static func writePast(
        _ count: Int, from first: Int, of total: Int, until: Moment, in transaction: Transaction
    ) throws {
        let queues = try Queue.all(in: transaction)
        let advisers = try transaction.rows(
            """
            SELECT person_role.person_id, person_assignment.team_id FROM person_role
            LEFT JOIN person_assignment ON person_assignment.person_id = person_role.person_id
                AND person_assignment.until_day IS NULL
            WHERE person_role.role = 'adviser' ORDER BY person_role.person_id LIMIT 500
            """
        ).map { PastAdviser(id: try $0.value("person_id"), team: try $0.optional("team_id")) }
        guard !queues.isEmpty, !advisers.isEmpty else { return }
        var chance = SeededChance(seed: UInt64(first) &+ 47)
        let span = Duration.days(Int64(max(14, min(365, total / 3_000))))
        let contacts = (0..<count).map { index in
            Past(index: first + index, of: total, span: span, until: until, queues, advisers, &chance)
        }
        try insert(contacts, in: transaction)
    }

    private static func insert(_ contacts: [Past], in transaction: Transaction) throws {
        for start in stride(from: 0, to: contacts.count, by: 500) {
            let some = contacts[start..<min(start + 500, contacts.count)]
            let ids = try transaction.rows(
                """
                INSERT INTO contact (channel, queue_id, customer_name, reference, state, priority, arrived_at,
                    entered_at, adviser_id, answered_at, ended_at, ended_by, outcome, wrap_up_code, last_event)
                VALUES \(SQL.list(some.map(\.row))) RETURNING id
                """
            ).map { try $0.value("id", as: Contact.ID.self) }.sorted()
            let numbered = Array(zip(ids, some))
            try transaction.run(
                """
                INSERT INTO contact_event
                    (contact_id, number, at, kind, queue_id, adviser_id, team_id, place, entered_at, milliseconds)
                VALUES \(SQL.list(numbered.flatMap { $1.events($0) }))
                """)
            try transaction.run(
                """
                INSERT INTO contact_word (word, contact_id) VALUES \(SQL.list(numbered.flatMap { $1.words($0) }))
                """)
        }
    }
}

/// Who answered then.
private struct PastAdviser: Sendable {
    let id: Person.ID
    let team: Team.ID?
}

/// One contact that has been.
private struct Past: Sendable {
    let queue: Queue.ID
    let name: String
    let reference: String
    let arrivedAt: Moment
    let adviser: PastAdviser?
    let wait, talk, wrap: Duration
    let place: Place

    private static let names = [
        "A. Archer", "B. Bell", "C. Clarke", "D. Davies", "E. Ellis", "F. Ford", "G. Green", "H. Hill",
    ]

    init(
        index: Int, of total: Int, span: Duration, until: Moment, _ queues: [Queue], _ advisers: [PastAdviser],
        _ chance: inout SeededChance
    ) {
        queue = queues[Int.random(in: 0..<queues.count, using: &chance)].id
        name = Past.names[Int.random(in: 0..<Past.names.count, using: &chance)]
        reference = "REF\(100_000 + Int.random(in: 0..<max(1, total / 3), using: &chance))"
        let back = Double(total - index) / Double(max(1, total)) * Double(span.milliseconds)
        arrivedAt = until - .minutes(30) - .milliseconds(Int64(back))
        // Exponential waits with a mean of two minutes; who would wait longer than ten has left.
        let wish = -120 * log(Double.random(in: 0.0001..<1, using: &chance))
        adviser =
            wish > 600 || Int.random(in: 0..<20, using: &chance) == 0
            ? nil : advisers[Int.random(in: 0..<advisers.count, using: &chance)]
        wait = .milliseconds(Int64(min(wish, 600) * 1_000))
        talk = .milliseconds(Int64.random(in: 120_000...900_000, using: &chance))
        wrap = .milliseconds(Int64.random(in: 10_000...90_000, using: &chance))
        place = Place.allCases[Int.random(in: 0..<3, using: &chance)]
    }

    var row: SQL {
        let answered = adviser.map { _ in arrivedAt + wait }
        let ended = answered.map { $0 + talk } ?? arrivedAt + wait
        return """
            ('chat', \(queue), \(name), \(reference), 'ended', 0, \(arrivedAt), \(arrivedAt), \(adviser?.id), \(answered),
            \(ended), 'customer', \(adviser == nil ? "abandoned" : "answered"), \(adviser.map { _ in "answered" }),
            \(adviser == nil ? 2 : 4))
            """
    }

    func events(_ id: Contact.ID) -> [SQL] {
        func event(_ number: Int, _ kind: String, after: Duration, _ lasting: Duration?) -> SQL {
            let answerer = kind == "entered" ? nil : adviser
            return """
                (\(id), \(number), \(arrivedAt + after), \(kind), \(queue), \(answerer?.id), \(answerer?.team),
                \(answerer == nil ? nil : place), \(arrivedAt), \(lasting))
                """
        }
        if adviser == nil { return [event(1, "entered", after: .zero, nil), event(2, "abandoned", after: wait, wait)] }
        return [
            event(1, "entered", after: .zero, nil), event(2, "answered", after: wait, wait),
            event(3, "handled", after: wait + talk, talk), event(4, "wrapped_up", after: wait + talk + wrap, wrap),
        ]
    }

    func words(_ id: Contact.ID) -> [SQL] {
        Set(SearchWords.words(of: name + " " + reference)).sorted().map { word -> SQL in "(\(word), \(id))" }
    }
}
