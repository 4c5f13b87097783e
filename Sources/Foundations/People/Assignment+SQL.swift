import Storage
import Values

extension Assignment {
    init(row: Row) throws {
        self.init(post: try Post(row: row), from: try row.value("from_day"), until: try row.optional("until_day"))
    }
}

extension Person {
    /// Where this person was, or will be, on a day; nil when she had no post then.
    package static func assignment(
        of id: ID, on day: Day, in transaction: Transaction
    ) throws -> Assignment? {
        try transaction.row(
            """
            SELECT from_day, until_day, directorate_id, team_id, site_id, grade, contracted_place
            FROM person_assignment
            WHERE person_id = \(id) AND from_day <= \(day) AND (until_day IS NULL OR until_day > \(day))
            """
        ).map(Assignment.init(row:))
    }

    /// Where this person was, or will be, on a day; nil when she had no post then.
    package func assignment(on day: Day, in transaction: Transaction) throws -> Assignment? {
        try Person.assignment(of: id, on: day, in: transaction)
    }

    /// All posts this person has had and will have.
    package static func career(of id: ID, in transaction: Transaction) throws -> Career {
        Career(
            try transaction.rows(
                """
                SELECT from_day, until_day, directorate_id, team_id, site_id, grade, contracted_place
                FROM person_assignment WHERE person_id = \(id) ORDER BY from_day
                """
            ).map(Assignment.init(row:)))
    }

    /// How many stood where on a day: the base of every figure about staff.
    package static func counts(
        on day: Day, in transaction: Transaction
    ) throws -> [(directorate: Directorate.ID?, site: Site.ID?, contractedPlace: Place, people: Int)] {
        try transaction.rows(
            """
            SELECT directorate_id, site_id, contracted_place, COUNT(*) AS people FROM person_assignment
            WHERE from_day <= \(day) AND (until_day IS NULL OR until_day > \(day))
            GROUP BY directorate_id, site_id, contracted_place
            """
        ).map {
            (
                try $0.optional("directorate_id"), try $0.optional("site_id"), try $0.value("contracted_place"),
                try $0.value("people")
            )
        }
    }
}

extension Career {
    /// Writes this career in place of another.
    func store(of person: Person.ID, insteadOf old: Career, in transaction: Transaction) throws {
        for assignment in old.assignments where !assignments.contains(assignment) {
            try transaction.run(
                "DELETE FROM person_assignment WHERE person_id = \(person) AND from_day = \(assignment.from)")
        }
        for assignment in assignments where !old.assignments.contains(assignment) {
            try transaction.run("INSERT INTO \(Assignment.columns) VALUES (\(assignment.values(of: person)))")
        }
    }
}

extension Assignment {
    static let columns: SQL = """
        person_assignment (person_id, from_day, until_day, directorate_id, team_id, site_id, grade, contracted_place)
        """

    /// One row for these columns.
    func values(of person: Person.ID) -> SQL {
        """
        \(person), \(from), \(until), \(post.directorate), \(post.team), \(post.site), \(post.grade),
        \(post.contractedPlace)
        """
    }
}
