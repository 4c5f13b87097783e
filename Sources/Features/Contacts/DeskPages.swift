import People
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

    struct Line: Encodable, Sendable {
        let id: Person.ID
        let name: String
        let team: String?
        let status: String
    }

    init(matching search: String, in transaction: Transaction) throws {
        let words = SearchWords.words(of: search).prefix(4)
        // By the words of the few who are at work: a range of words would be looked through once for each of them.
        let conditions = words.map { word -> SQL in
            """
            EXISTS (SELECT 1 FROM person_word WHERE person_word.person_id = person.id
                AND substr(person_word.word, 1, \(word.unicodeScalars.count)) = \(word))
            """
        }
        advisers = try transaction.rows(
            """
            SELECT person.id, person.name, team.name AS team, desk.status FROM desk
            JOIN person ON person.id = desk.adviser_id LEFT JOIN team ON team.id = desk.team_id
            WHERE \(SQL.list(["desk.status NOT IN ('offline', 'line_lost', 'leaving')"] + conditions, separator: " AND "))
            ORDER BY CASE WHEN desk.status = 'available' THEN 0 ELSE 1 END, person.sort_name LIMIT 20
            """
        ).map { row in
            Line(
                id: try row.value("id"), name: try row.value("name"), team: try row.optional("team"),
                status: try row.value("status"))
        }
    }
}
