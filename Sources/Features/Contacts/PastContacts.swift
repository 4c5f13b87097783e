import Logging
import People
import Storage
import Values

extension Contacts {
    /// Counts the days that are over, as a server does in the background.
    package static func countPast(in store: Store, until now: Moment, logger: Logger) async throws {
        try await PastDays(store: store, now: { now }, logger: logger).count()
    }

    /// Writes contacts of the past in bulk, each with its events and the time of its adviser, as if they had happened:
    /// for a demo body and for measuring with a million of them. The same numbers give the same contacts.
    package static func writePast(
        _ count: Int, from first: Int, of total: Int, until: Moment, in transaction: Transaction
    ) throws {
        let queues = try Queue.all(in: transaction)
        let floor = try PastFloor(queues, on: Day(until), in: transaction)
        guard !queues.isEmpty, !floor.isEmpty else { return }
        let days = Int64(max(14, min(365, total / 150)))
        let calendar = PastCalendar(Span(start: until - .minutes(35) - .days(days), end: until - .minutes(35)))
        var chance = SeededChance(seed: UInt64(first) &+ 47)
        // Nobody waits for whoever came before to come: each of these contacts came at any time of their share.
        let contacts = (0..<count).map { _ in
            let share = (Double(first) + Double.random(in: 0..<Double(count), using: &chance)) / Double(max(1, total))
            return PastContact(at: calendar.moment(of: share), of: total, queues, floor, &chance)
        }
        try insert(contacts.sorted { $0.arrivedAt < $1.arrivedAt }, in: transaction)
    }

    private static func insert(_ contacts: [PastContact], in transaction: Transaction) throws {
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
            let time = some.flatMap(\.time)
            if time.isEmpty { continue }
            try transaction.run(
                """
                INSERT INTO desk_time (adviser_id, from_at, until_at, doing, place, team_id, skills, milliseconds)
                VALUES \(SQL.list(time))
                """)
        }
    }
}

/// Who answered in the past: some advisers, by the queues that they have the skills for.
struct PastFloor: Sendable {
    struct Adviser: Sendable {
        let id: Person.ID
        let team: Team.ID?
        let place: Place
        let skills: SkillProfile
    }

    private let byQueue: [Queue.ID: [Adviser]]

    init(_ queues: [Queue], on day: Day, in transaction: Transaction) throws {
        let rows = try transaction.rows(
            """
            SELECT person_role.person_id, person_assignment.team_id, person_assignment.contracted_place FROM person_role
            JOIN person_assignment ON person_assignment.person_id = person_role.person_id
                AND person_assignment.until_day IS NULL
            WHERE person_role.role = 'adviser' ORDER BY person_role.person_id LIMIT 500
            """)
        let levels = try SkillHeld.levels(of: try rows.map { try $0.value("person_id") }, on: day, in: transaction)
        var byQueue: [Queue.ID: [Adviser]] = [:]
        for row in rows {
            let id: Person.ID = try row.value("person_id")
            let adviser = Adviser(
                id: id, team: try row.optional("team_id"), place: try row.value("contracted_place"),
                skills: SkillProfile(levels[id] ?? [:]))
            for queue in queues where queue.isServed(by: levels[id] ?? [:]) {
                byQueue[queue.id, default: []].append(adviser)
            }
        }
        self.byQueue = byQueue
    }

    var isEmpty: Bool { byQueue.isEmpty }

    func adviser(for queue: Queue.ID, _ chance: inout SeededChance) -> Adviser? {
        byQueue[queue]?.randomElement(using: &chance)
    }
}
