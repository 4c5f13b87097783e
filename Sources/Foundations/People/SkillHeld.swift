import Storage
import Values

/// A skill by its name, as the body lists it.
package struct NamedSkill: Hashable, Sendable {
    package let id: Skill.ID
    package let name: String
}

/// Where it is known from that somebody has a skill. Sources do not overrule each other: the highest level counts.
package enum SkillSource: String, CaseIterable, Codable, SQLConvertible {
    case staff_list, administrator, course
}

/// A skill that somebody has at a level for a period, which holds `from` and ends before `until`.
package struct SkillHeld: Hashable, Sendable {
    package let skill: Skill.ID
    package let level: Int
    package let source: SkillSource
    package let from: Day
    package let until: Day?

    package init(skill: Skill.ID, level: Int, source: SkillSource, from: Day, until: Day? = nil) {
        self.skill = skill
        self.level = level
        self.source = source
        self.from = from
        self.until = until
    }
}

extension NamedSkill {
    init(row: Row) throws {
        self.init(id: try row.value("id"), name: try row.value("name"))
    }

    /// All skills of the body by name.
    package static func all(in transaction: Transaction) throws -> [NamedSkill] {
        try transaction.rows("SELECT id, name FROM skill ORDER BY name, id").map(NamedSkill.init(row:))
    }

    /// Adds a skill that people can have.
    package static func add(named name: String, in transaction: Transaction) throws -> NamedSkill {
        let name = try wellFormed(name)
        let id: Skill.ID? = try transaction.row(
            "INSERT INTO skill (name) VALUES (\(name)) ON CONFLICT (name) DO NOTHING RETURNING id")?.value("id")
        guard let id else { throw StaffRefusal.nameTaken(name) }
        return NamedSkill(id: id, name: name)
    }

    /// Gives a skill another name.
    package static func rename(_ id: Skill.ID, to name: String, in transaction: Transaction) throws {
        let name = try wellFormed(name)
        try refusingTaken(name) { try transaction.run("UPDATE skill SET name = \(name) WHERE id = \(id)") }
    }

    /// Removes a skill that nobody has or had and no course gives.
    package static func remove(_ id: Skill.ID, in transaction: Transaction) throws {
        try refusingUsed("This skill") { try transaction.run("DELETE FROM skill WHERE id = \(id)") }
    }
}

extension SkillHeld {
    init(row: Row) throws {
        self.init(
            skill: try row.value("skill_id"), level: try row.value("level"), source: try row.value("source"),
            from: try row.value("from_day"), until: try row.optional("until_day"))
    }

    /// All skills this person has, had and will have, from every source.
    package static func all(of person: Person.ID, in transaction: Transaction) throws -> [SkillHeld] {
        try transaction.rows(
            """
            SELECT skill_id, level, source, from_day, until_day FROM person_skill
            WHERE person_id = \(person) ORDER BY skill_id, source, from_day
            """
        ).map(SkillHeld.init(row:))
    }

    /// The levels at which this person has skills on this day.
    package static func levels(
        of person: Person.ID, on day: Day, in transaction: Transaction
    ) throws -> [Skill.ID: Int] {
        try levels(where: "person_skill.person_id = \(person)", on: day, in: transaction)[person] ?? [:]
    }

    /// What the router asks for: the levels of the skills of every adviser who is with the body on this day.
    package static func levelsOfAdvisers(
        on day: Day, in transaction: Transaction
    ) throws -> [Person.ID: [Skill.ID: Int]] {
        try levels(
            where: """
                person_skill.person_id IN (SELECT person_role.person_id FROM person_role
                    JOIN person ON person.id = person_role.person_id
                    WHERE person_role.role = 'adviser' AND (person.left_on IS NULL OR person.left_on > \(day)))
                """, on: day, in: transaction)
    }

    /// The levels of the skills of these people on this day, for a router that knows who is signed in.
    package static func levels(
        of people: [Person.ID], on day: Day, in transaction: Transaction
    ) throws -> [Person.ID: [Skill.ID: Int]] {
        var levels: [Person.ID: [Skill.ID: Int]] = [:]
        for start in stride(from: 0, to: people.count, by: 500) {
            let some = Array(people[start..<min(start + 500, people.count)])
            let found = try self.levels(where: "person_skill.person_id IN \(anyOf: some)", on: day, in: transaction)
            levels.merge(found) { first, _ in first }
        }
        return levels
    }

    private static func levels(
        where condition: SQL, on day: Day, in transaction: Transaction
    ) throws -> [Person.ID: [Skill.ID: Int]] {
        var levels: [Person.ID: [Skill.ID: Int]] = [:]
        let rows = try transaction.rows(
            """
            SELECT person_skill.person_id, person_skill.skill_id, MAX(person_skill.level) AS level FROM person_skill
            WHERE person_skill.from_day <= \(day)
                AND (person_skill.until_day IS NULL OR person_skill.until_day > \(day)) AND \(condition)
            GROUP BY person_skill.person_id, person_skill.skill_id
            """)
        for row in rows {
            levels[try row.value("person_id"), default: [:]][try row.value("skill_id")] = try row.value("level")
        }
        return levels
    }

    /// Gives the person this skill by an administrator's word, from this day on and until another word.
    package static func give(
        _ skill: Skill.ID, level: Int, to person: Person.ID, from day: Day, by act: Act, in transaction: Transaction
    ) throws {
        guard Skill.levels.contains(level) else { throw StaffRefusal.noSuchLevel(level) }
        _ = try Person.find(person, on: day, in: transaction)
        try end(skill, of: person, source: .administrator, on: day, in: transaction)
        let held = SkillHeld(skill: skill, level: level, source: .administrator, from: day)
        try transaction.run("INSERT INTO \(columns) VALUES (\(held.values(of: person)))")
        let detail = ["skill": "\(skill)", "level": "\(level)", "from": "\(day)"]
        try Audit.append(act.entry(.skillChanged, Subject(person), detail), in: transaction)
    }

    /// Takes away from this day on what an administrator gave; what a course or the staff list says stands.
    ///
    /// - Throws: `StaffRefusal.skillNotHeld` when no administrator gave it, or it has ended.
    package static func take(
        _ skill: Skill.ID, from person: Person.ID, on day: Day, by act: Act, in transaction: Transaction
    ) throws {
        let ended = try end(skill, of: person, source: .administrator, on: day, in: transaction)
        guard ended > 0 else { throw StaffRefusal.skillNotHeld }
        let detail = ["skill": "\(skill)", "until": "\(day)"]
        try Audit.append(act.entry(.skillChanged, Subject(person), detail), in: transaction)
    }

    static let columns: SQL = "person_skill (person_id, skill_id, source, from_day, until_day, level)"

    /// One row for these columns.
    func values(of person: Person.ID) -> SQL {
        "\(person), \(skill), \(source), \(from), \(until), \(level)"
    }

    /// Ends on this day what a source says about a skill: later rows go, an open one is closed. Says how many did.
    @discardableResult
    private static func end(
        _ skill: Skill.ID, of person: Person.ID, source: SkillSource, on day: Day, in transaction: Transaction
    ) throws -> Int {
        let removed = try transaction.run(
            """
            DELETE FROM person_skill WHERE person_id = \(person) AND skill_id = \(skill) AND source = \(source)
                AND from_day >= \(day)
            """)
        return try removed
            + transaction.run(
                """
                UPDATE person_skill SET until_day = \(day) WHERE person_id = \(person) AND skill_id = \(skill)
                    AND source = \(source) AND (until_day IS NULL OR until_day > \(day))
                """)
    }
}
