import Storage
import Values

/// A course: who completes it has a skill at a level from that day, for good or for a number of days.
package struct Course: Hashable, Sendable {
    package typealias ID = Identifier<Course>
    package let id: ID
    package let title: String
    package let skill: Skill.ID
    package let level: Int
    /// After so many days the skill must be shown again; nil when it stays.
    package let validDays: Int?
}

extension Course {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), title: try row.value("title"), skill: try row.value("skill_id"),
            level: try row.value("level"), validDays: try row.optional("valid_days"))
    }

    /// All courses by title.
    package static func all(in transaction: Transaction) throws -> [Course] {
        try transaction.rows("SELECT id, title, skill_id, level, valid_days FROM course ORDER BY title, id")
            .map(Course.init(row:))
    }

    /// The course of this number.
    package static func find(_ id: ID, in transaction: Transaction) throws -> Course {
        let row = try transaction.row("SELECT id, title, skill_id, level, valid_days FROM course WHERE id = \(id)")
        guard let row else { throw StaffRefusal.unknown }
        return try Course(row: row)
    }

    /// Adds a course.
    package static func add(
        titled title: String, giving skill: Skill.ID, level: Int, validDays: Int? = nil, in transaction: Transaction
    ) throws -> Course {
        let title = try wellFormed(title)
        guard Skill.levels.contains(level) else { throw StaffRefusal.noSuchLevel(level) }
        let id: ID? = try transaction.row(
            """
            INSERT INTO course (title, skill_id, level, valid_days)
            VALUES (\(title), \(skill), \(level), \(validDays)) ON CONFLICT (title) DO NOTHING RETURNING id
            """)?.value("id")
        guard let id else { throw StaffRefusal.nameTaken(title) }
        return Course(id: id, title: title, skill: skill, level: level, validDays: validDays)
    }

    /// Removes a course that nobody has completed.
    package static func remove(_ id: ID, in transaction: Transaction) throws {
        try refusingUsed("This course") { try transaction.run("DELETE FROM course WHERE id = \(id)") }
    }

    /// What completing this course on a day gives.
    package func skill(completedOn day: Day) -> SkillHeld {
        SkillHeld(skill: skill, level: level, source: .course, from: day, until: validDays.map { day + $0 })
    }

    /// Records that the person completed the course: she has its skill from that day. Twice the same day counts once.
    package func complete(by person: Person.ID, on day: Day, by act: Act, in transaction: Transaction) throws {
        _ = try Person.find(person, on: day, in: transaction)
        let isNew = try transaction.run(
            """
            INSERT INTO course_completion (course_id, person_id, completed_on) VALUES (\(id), \(person), \(day))
            ON CONFLICT DO NOTHING
            """)
        guard isNew == 1 else { return }
        // Another course may have given the same skill that day: the better of the two stays.
        try transaction.run(
            """
            INSERT INTO \(SkillHeld.columns) VALUES (\(skill(completedOn: day).values(of: person)))
            ON CONFLICT (person_id, skill_id, source, from_day) DO UPDATE
            SET level = excluded.level, until_day = excluded.until_day WHERE person_skill.level < excluded.level
            """)
        let detail = ["course": "\(id)", "skill": "\(skill)", "level": "\(level)", "from": "\(day)"]
        try Audit.append(act.entry(.skillChanged, Subject(person), detail), in: transaction)
    }

    /// How often each course was completed; those that nobody has completed are not there.
    package static func completions(in transaction: Transaction) throws -> [ID: Int] {
        let rows = try transaction.rows("SELECT course_id, COUNT(*) AS times FROM course_completion GROUP BY course_id")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.value("course_id"), try $0.value("times")) })
    }

    /// The courses this person has completed, with the days, newest first.
    package static func completed(
        by person: Person.ID, in transaction: Transaction
    ) throws -> [(course: Course, on: Day)] {
        try transaction.rows(
            """
            SELECT course.id, course.title, course.skill_id, course.level, course.valid_days, completed_on
            FROM course_completion JOIN course ON course.id = course_completion.course_id
            WHERE person_id = \(person) ORDER BY completed_on DESC, course.id
            """
        ).map { (try Course(row: $0), try $0.value("completed_on")) }
    }
}
