import People
import Routing
import Storage
import Values
import Web

/// The desk: a frame that its script fills from the live view.
struct DeskPage: Page {
    static let template = "desk"
    let title = "Desk"
    let name: String
}

/// Colleagues at work, to transfer a contact to.
struct AdvisersPage: Encodable, Sendable {
    let advisers: [Line]
    /// How many there are, those that are not shown included.
    let total: Int

    struct Line: Encodable, Sendable {
        let id: Person.ID
        let name: String
        let team: String?
        let status: String
        /// She has as many chats as she can have.
        let isFull: Bool
        /// She knows what the queue needs.
        let hasSkills: Bool
    }

    /// Those who can help first, then those who are free to.
    init(matching search: String, for needs: [Need], on today: Day, in transaction: Transaction) throws {
        let words = SearchWords.words(of: search).prefix(4)
        // By the words of the few who are at work: a range of words would be looked through once for each of them.
        let conditions = words.map { word -> SQL in
            """
            EXISTS (SELECT 1 FROM person_word WHERE person_word.person_id = person.id
                AND substr(person_word.word, 1, \(word.unicodeScalars.count)) = \(word))
            """
        }
        // The desks first: CROSS keeps SQLite from going through all people, and without the first condition the index
        // of the desks in use does not serve.
        let atWork: [SQL] = [
            "person.id = desk.adviser_id", "desk.status <> 'offline'", "desk.status NOT IN ('line_lost', 'leaving')",
        ]
        let present = SQL.list(atWork + conditions, separator: " AND ")
        total =
            try transaction.row(
                "SELECT COUNT(*) AS n FROM desk CROSS JOIN person WHERE \(present)"
            )?.value("n") ?? 0
        advisers = try transaction.rows(
            """
            SELECT id, name, team, status, is_full, has_skills FROM (
                SELECT person.id, person.name, person.sort_name, team.name AS team, desk.status,
                    CASE WHEN \(Self.skilled(for: needs, on: today)) THEN 1 ELSE 0 END AS has_skills,
                    CASE WHEN (SELECT COUNT(*) FROM contact WHERE contact.adviser_id = desk.adviser_id
                        AND \(Contact.isHeld)) >= desk.chats THEN 1 ELSE 0 END AS is_full
                FROM desk CROSS JOIN person LEFT JOIN team ON team.id = desk.team_id
                WHERE \(present)
            ) AS colleague
            ORDER BY has_skills DESC, CASE WHEN status = 'available' THEN is_full ELSE 2 END, sort_name LIMIT 20
            """
        ).map { row in
            Line(
                id: try row.value("id"), name: try row.value("name"), team: try row.optional("team"),
                status: try row.value("status"), isFull: try row.value("is_full", as: Int.self) == 1,
                hasSkills: try row.value("has_skills", as: Int.self) == 1)
        }
    }

    private static func skilled(for needs: [Need], on today: Day) -> SQL {
        let held = needs.filter { $0.level > 0 }.map { need -> SQL in
            """
            EXISTS (SELECT 1 FROM person_skill WHERE person_skill.person_id = person.id
                AND person_skill.skill_id = \(need.skill) AND person_skill.level >= \(need.level)
                AND person_skill.from_day <= \(today)
                AND (person_skill.until_day IS NULL OR person_skill.until_day > \(today)))
            """
        }
        return SQL.list(["1 = 1"] + held, separator: " AND ")
    }
}
