import Storage
import Values

extension Person {
    /// Everything about people on one day but their roles, to be followed by WHERE.
    static func selected(on day: Day) -> SQL {
        """
        SELECT person.id, person.staff_number, person.username, person.name, person.left_on,
            post.directorate_id, post.team_id, post.site_id, post.grade, post.contracted_place
        FROM person
        LEFT JOIN person_assignment AS post ON post.person_id = person.id
            AND post.from_day <= \(day) AND (post.until_day IS NULL OR post.until_day > \(day))
        """
    }

    init(row: Row, roles: Set<Role>, on day: Day) throws {
        let leftOn: Day? = try row.optional("left_on")
        self.init(
            id: try row.value("id"), staffNumber: try row.value("staff_number"),
            username: try row.value("username"), name: try row.value("name"), roles: roles,
            post: try Post(row: row), leftOn: leftOn, isActive: leftOn.map { day < $0 } ?? true)
    }

    /// The people of these rows, in their order, with their roles: one more query for all of them.
    static func people(_ rows: [Row], on day: Day, in transaction: Transaction) throws -> [Person] {
        let ids: [ID] = try rows.map { try $0.value("id") }
        var roles: [ID: Set<Role>] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            for row in try transaction.rows("SELECT person_id, role FROM person_role WHERE person_id IN \(anyOf: some)")
            {
                roles[try row.value("person_id"), default: []].insert(try row.value("role"))
            }
        }
        return try zip(rows, ids).map { try Person(row: $0, roles: roles[$1] ?? [], on: day) }
    }

    /// The person of this number as she is on this day, for our own code: for somebody's eyes there is `visibleTo`.
    package static func find(_ id: ID, on day: Day, in transaction: Transaction) throws -> Person {
        let rows = try transaction.rows("\(selected(on: day)) WHERE person.id = \(id)")
        guard let person = try people(rows, on: day, in: transaction).first else { throw StaffRefusal.unknown }
        return person
    }

    /// The person of this number, if the viewer may see her: see `isVisible(to:)`.
    package static func find(
        _ id: ID, visibleTo viewer: Person, on day: Day, in transaction: Transaction
    ) throws -> Person {
        let person = try find(id, on: day, in: transaction)
        guard person.isVisible(to: viewer) else { throw StaffRefusal.unknown }
        return person
    }

    /// Whether the viewer may read what is recorded about this person: her own record, that of her team if she leads
    /// it, and every record if she manages staff or audits.
    package func isVisible(to viewer: Person) -> Bool {
        if viewer.id == id || viewer.may(.manageStaff) || viewer.may(.readAudit) { return true }
        return viewer.may(.leadTeam) && team != nil && team == viewer.team
    }

    /// The person who signs in with this name, or nil.
    package static func find(username: String, on day: Day, in transaction: Transaction) throws -> Person? {
        let rows = try transaction.rows("\(selected(on: day)) WHERE person.username = \(username.lowercased())")
        return try people(rows, on: day, in: transaction).first
    }

    /// The person with this staff number, or nil.
    package static func find(staffNumber: String, on day: Day, in transaction: Transaction) throws -> Person? {
        let rows = try transaction.rows("\(selected(on: day)) WHERE person.staff_number = \(staffNumber)")
        return try people(rows, on: day, in: transaction).first
    }

    /// These people as they are on this day, by number; who does not exist is left out.
    package static func find(_ ids: [ID], on day: Day, in transaction: Transaction) throws -> [Person] {
        let rows = try transaction.rows(
            "\(selected(on: day)) WHERE person.id IN \(anyOf: ids) ORDER BY person.id")
        return try people(rows, on: day, in: transaction)
    }

    /// Who is in this team on this day and has not left, by name.
    package static func all(in team: Team.ID, on day: Day, in transaction: Transaction) throws -> [Person] {
        let rows = try transaction.rows(
            """
            \(selected(on: day)) WHERE post.team_id = \(team) AND (person.left_on IS NULL OR person.left_on > \(day))
            ORDER BY person.sort_name, person.id
            """)
        return try people(rows, on: day, in: transaction)
    }

    /// Who has this role and has not left, by name, page after page.
    package static func all(
        with role: Role, on day: Day, after: DirectoryPage.Key? = nil, limit: Int = 50, in transaction: Transaction
    ) throws -> DirectoryPage {
        let rest: SQL =
            if let after { "AND (person.sort_name, person.id) > (\(after.sortName), \(after.id))" } else { "" }
        let rows = try transaction.rows(
            """
            \(selected(on: day)) JOIN person_role ON person_role.person_id = person.id AND person_role.role = \(role)
            WHERE (person.left_on IS NULL OR person.left_on > \(day)) \(rest)
            ORDER BY person.sort_name, person.id LIMIT \(limit + 1)
            """)
        return try DirectoryPage(rows, limit: limit, on: day, in: transaction)
    }
}

extension Post {
    /// The post of a row that may have none.
    init(row: Row) throws {
        self.init(
            directorate: try row.optional("directorate_id"), team: try row.optional("team_id"),
            site: try row.optional("site_id"), grade: try row.optional("grade") ?? "",
            contractedPlace: try row.optional("contracted_place") ?? .office)
    }
}
