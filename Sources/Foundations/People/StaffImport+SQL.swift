import Storage
import Values

extension KnownStaff {
    /// Those of these staff numbers who are known, with all that a staff list may change.
    static func all(_ numbers: [String], in transaction: Transaction) throws -> [String: KnownStaff] {
        if numbers.isEmpty { return [:] }
        var known: [Person.ID: KnownStaff] = [:]
        for row in try transaction.rows(
            """
            SELECT id, staff_number, username, name, left_on FROM person WHERE staff_number IN \(anyOf: numbers)
            """)
        {
            let person = KnownStaff(
                id: try row.value("id"), staffNumber: try row.value("staff_number"),
                username: try row.value("username"), name: try row.value("name"), leftOn: try row.optional("left_on"))
            known[person.id] = person
        }
        let ids = Array(known.keys)
        for row in try transaction.rows("SELECT person_id, role FROM person_role WHERE person_id IN \(anyOf: ids)") {
            known[try row.value("person_id")]?.roles.insert(try row.value("role"))
        }
        var assignments: [Person.ID: [Assignment]] = [:]
        for row in try transaction.rows(
            """
            SELECT person_id, from_day, until_day, directorate_id, team_id, site_id, grade, contracted_place
            FROM person_assignment WHERE person_id IN \(anyOf: ids)
            """)
        {
            assignments[try row.value("person_id"), default: []].append(try Assignment(row: row))
        }
        for (id, assignments) in assignments { known[id]?.career = Career(assignments) }
        for row in try transaction.rows(
            """
            SELECT person_id, skill_id, level, source, from_day, until_day FROM person_skill
            WHERE source = 'staff_list' AND person_id IN \(anyOf: ids) ORDER BY person_id, skill_id, from_day
            """)
        {
            known[try row.value("person_id")]?.skills.append(try SkillHeld(row: row))
        }
        return Dictionary(known.values.map { ($0.staffNumber, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The staff numbers of all who are known, by their usernames.
    static func holders(in transaction: Transaction) throws -> [String: String] {
        let rows = try transaction.rows("SELECT username, staff_number FROM person")
        return Dictionary(
            try rows.map { (try $0.value("username"), try $0.value("staff_number")) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The staff numbers of the administrators who are here.
    static func administrators(on day: Day, in transaction: Transaction) throws -> [String] {
        try transaction.rows(
            """
            SELECT person.staff_number FROM person_role JOIN person ON person.id = person_role.person_id
            WHERE person_role.role = 'administrator' AND (person.left_on IS NULL OR person.left_on > \(day))
            """
        ).map { try $0.value("staff_number") }
    }

    /// Everybody who is here.
    static func present(
        on day: Day, in transaction: Transaction
    ) throws -> [(id: Person.ID, staffNumber: String)] {
        try transaction.rows(
            """
            SELECT id, staff_number FROM person WHERE left_on IS NULL OR left_on > \(day) ORDER BY id
            """
        ).map { (try $0.value("id"), try $0.value("staff_number")) }
    }
}

extension StaffChange {
    /// Writes what has changed of these, a statement per table.
    ///
    /// - Parameter taken: Usernames that these people get, and others of the list still have.
    static func store(
        _ changes: [StaffChange], freeing taken: [String], by act: Act, in transaction: Transaction
    ) throws {
        let changes = changes.filter(\.isChanged)
        if changes.isEmpty { return }
        if !taken.isEmpty {
            // Two people may swap usernames: whoever has one that is wanted gets another for the moment.
            try transaction.run("UPDATE person SET username = '~' || id WHERE username IN \(anyOf: taken)")
        }
        let last = try transaction.row("SELECT MAX(id) AS id FROM person")?.optional("id", as: Person.ID.self)
        try storeIdentities(changes.filter(\.isIdentityChanged), in: transaction)
        let ids = try ids(after: last, in: transaction)
        func person(_ change: StaffChange) throws -> Person.ID {
            guard let id = change.before?.id ?? ids[change.staffNumber] else { throw StorageFault.nothingReturned }
            return id
        }
        let people = try changes.map { (id: try person($0), change: $0) }
        try storeWords(people.filter(\.change.isFindableChanged), in: transaction)
        try storeRoles(people.filter(\.change.areRolesChanged), by: act, in: transaction)
        try storeCareers(people.filter(\.change.isCareerChanged), in: transaction)
        try storeSkills(people.filter(\.change.areSkillsChanged), in: transaction)
        let gone = people.filter { $0.change.leftOn.map { $0 <= Day(act.at) } == true }.map(\.id)
        if gone.isEmpty { return }
        try transaction.run("DELETE FROM session WHERE person_id IN \(anyOf: gone)")
    }

    /// Marks these people as left, with an entry for each in the audit trail.
    static func leave(_ ids: [Person.ID], on day: Day, by act: Act, in transaction: Transaction) throws {
        for start in stride(from: 0, to: ids.count, by: 1_000) {
            let some = Array(ids[start..<min(start + 1_000, ids.count)])
            try transaction.run("UPDATE person SET left_on = \(day) WHERE id IN \(anyOf: some)")
            try transaction.run(
                "DELETE FROM person_assignment WHERE person_id IN \(anyOf: some) AND from_day >= \(day)")
            try transaction.run(
                """
                UPDATE person_assignment SET until_day = \(day)
                WHERE person_id IN \(anyOf: some) AND (until_day IS NULL OR until_day > \(day))
                """)
            try transaction.run("DELETE FROM session WHERE person_id IN \(anyOf: some)")
            let entries = some.map { act.entry(.personLeft, Subject($0), ["on": "\(day)"]) }
            try Audit.append(entries, in: transaction)
        }
    }

    /// Tells the database how its tables have grown, or its next plans would be made for empty ones.
    static func refreshStatistics(in transaction: Transaction) throws {
        for table: SQL in ["person", "person_word", "person_role", "person_assignment", "person_skill"] {
            try transaction.run("ANALYZE \(table)")
        }
    }

    private typealias Change = (id: Person.ID, change: StaffChange)

    private static func storeIdentities(_ changes: [StaffChange], in transaction: Transaction) throws {
        let columns: SQL = "person (staff_number, username, name, sort_name, left_on)"
        func values(_ change: StaffChange) -> SQL {
            """
            \(change.staffNumber), \(change.username), \(change.name), \(Person.folded(change.name)), \(change.leftOn)
            """
        }
        try transaction.insert(changes.filter { $0.before == nil }, into: columns, row: values)
        try transaction.insert(
            changes.filter { $0.before != nil }, into: columns,
            ending: """
                ON CONFLICT (staff_number) DO UPDATE SET username = excluded.username, name = excluded.name,
                    sort_name = excluded.sort_name, left_on = excluded.left_on
                """, row: values)
    }

    /// The numbers of those who were added since.
    private static func ids(after last: Person.ID?, in transaction: Transaction) throws -> [String: Person.ID] {
        let rows = try transaction.rows("SELECT id, staff_number FROM person WHERE id > \(last?.number ?? 0)")
        return Dictionary(
            try rows.map { (try $0.value("staff_number"), try $0.value("id")) }, uniquingKeysWith: { first, _ in first }
        )
    }

    private static func storeWords(_ people: [Change], in transaction: Transaction) throws {
        try deleteOld(people, from: "person_word", in: transaction)
        let words = people.flatMap { person in
            let change = person.change
            return Person.words(name: change.name, username: change.username, staffNumber: change.staffNumber)
                .map { (word: $0, id: person.id) }
        }
        try transaction.insert(words, into: "person_word (word, person_id)") { "\($0.word), \($0.id)" }
    }

    /// Each change of roles is in the audit trail, but for new people who get no role beyond adviser.
    private static func storeRoles(_ people: [Change], by act: Act, in transaction: Transaction) throws {
        if people.isEmpty { return }
        try deleteOld(people, from: "person_role", in: transaction)
        let roles = people.flatMap { person in person.change.roles.map { (id: person.id, role: $0) } }
        try transaction.insert(roles, into: "person_role (person_id, role)") { "\($0.id), \($0.role)" }
        let known = people.filter { $0.change.before != nil }.map(\.id)
        if !known.isEmpty {
            try transaction.run(
                """
                UPDATE session_token SET renews_at = \(act.at)
                WHERE session_id IN (SELECT id FROM session WHERE person_id IN \(anyOf: known))
                """)
        }
        let notable = people.filter { $0.change.before != nil || !$0.change.roles.isSubset(of: [.adviser]) }
        let entries = notable.map { person in
            let before = Role.words(person.change.before?.roles ?? []), after = Role.words(person.change.roles)
            return act.entry(.rolesChanged, Subject(person.id), ["before": before, "after": after])
        }
        try Audit.append(entries, in: transaction)
    }

    private static func storeCareers(_ people: [Change], in transaction: Transaction) throws {
        try deleteOld(people, from: "person_assignment", in: transaction)
        let rows = people.flatMap { person in
            person.change.career.assignments.map { (id: person.id, assignment: $0) }
        }
        try transaction.insert(rows, into: Assignment.columns) { $0.assignment.values(of: $0.id) }
    }

    private static func storeSkills(_ people: [Change], in transaction: Transaction) throws {
        try deleteOld(people, from: "person_skill", where: "AND source = 'staff_list'", in: transaction)
        let rows = people.flatMap { person in person.change.skills.map { (id: person.id, held: $0) } }
        try transaction.insert(rows, into: SkillHeld.columns) { $0.held.values(of: $0.id) }
    }

    /// Removes the rows of those who were known before.
    private static func deleteOld(
        _ people: [Change], from table: SQL, where condition: SQL = "", in transaction: Transaction
    ) throws {
        let known = people.filter { $0.change.before != nil }.map(\.id)
        if known.isEmpty { return }
        try transaction.run("DELETE FROM \(table) WHERE person_id IN \(anyOf: known) \(condition)")
    }
}
