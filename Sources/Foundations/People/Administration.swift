import Storage
import Values

/// A person as an administrator enters her by hand.
package struct NewPerson: Equatable, Sendable {
    package var staffNumber: String
    package var username: String
    package var name: String
    package var roles: Set<Role>
    package var post: Post
    /// The first day of her post.
    package var from: Day

    package init(
        staffNumber: String, username: String, name: String, roles: Set<Role>, post: Post = Post(), from: Day
    ) {
        self.staffNumber = staffNumber
        self.username = username
        self.name = name
        self.roles = roles
        self.post = post
        self.from = from
    }

    /// Adds the person to the staff; the audit names who did it.
    package func insert(by act: Act, in transaction: Transaction) throws -> Person {
        let name = try wellFormed(name)
        let number = try wellFormed(staffNumber)
        let username = username.lowercased()
        guard Person.isUsable(username: username) else { throw StaffRefusal.unusableUsername(self.username) }
        let sortName = Person.folded(name)
        let row = try transaction.row(
            """
            INSERT INTO person (staff_number, username, name, sort_name)
            VALUES (\(number), \(username), \(name), \(sortName))
            ON CONFLICT DO NOTHING RETURNING id
            """)
        guard let id: Person.ID = try row?.value("id") else {
            let isNumber = try Person.find(staffNumber: number, on: from, in: transaction) != nil
            throw isNumber ? StaffRefusal.staffNumberTaken(number) : .usernameTaken(username)
        }
        try Person.storeWords(of: id, name: name, username: username, staffNumber: number, in: transaction)
        try Career([Assignment(post: post, from: from)]).store(of: id, insteadOf: Career(), in: transaction)
        try Person.replaceRoles(of: id, by: roles, in: transaction)
        let detail = ["staff_number": number, "roles": Role.words(roles)]
        try Audit.append(act.entry(.personAdded, Subject(id), detail), in: transaction)
        return try Person.find(id, on: from, in: transaction)
    }
}

extension Person {
    /// Gives the person these roles and no others, at once on every server; the audit keeps both.
    package static func change(roles: Set<Role>, of id: ID, by act: Act, in transaction: Transaction) throws {
        let before = try find(id, on: Day(act.at), in: transaction).roles
        guard before != roles else { return }
        if before.contains(.administrator), !roles.contains(.administrator) {
            try refuseLastAdministrator(id, on: Day(act.at), in: transaction)
        }
        try replaceRoles(of: id, by: roles, in: transaction)
        try Session.renewTokens(of: id, at: act.at, in: transaction)
        let detail = ["before": Role.words(before), "after": Role.words(roles)]
        try Audit.append(act.entry(.rolesChanged, Subject(id), detail), in: transaction)
    }

    /// Gives the person another name.
    package static func change(name: String, of id: ID, by act: Act, in transaction: Transaction) throws {
        let name = try wellFormed(name)
        let person = try find(id, on: Day(act.at), in: transaction)
        try transaction.run("UPDATE person SET name = \(name), sort_name = \(folded(name)) WHERE id = \(id)")
        try storeWords(
            of: id, name: name, username: person.username, staffNumber: person.staffNumber, in: transaction)
        let detail = ["before": person.name, "after": name]
        try Audit.append(act.entry(.personChanged, Subject(id), detail), in: transaction)
    }

    /// Gives the person another post from this day on, by the rule of `Career.with(_:since:today:)`.
    package static func change(
        post: Post, of id: ID, since day: Day, by act: Act, in transaction: Transaction
    ) throws {
        _ = try find(id, on: day, in: transaction)
        let before = try career(of: id, in: transaction)
        let after = before.with(post, since: day, today: Day(act.at))
        try after.store(of: id, insteadOf: before, in: transaction)
        try Audit.append(act.entry(.personChanged, Subject(id), ["since": "\(day)"]), in: transaction)
    }

    /// Marks the person as gone from this day on: her post ends, and once it has come she is signed out everywhere.
    package static func leave(_ id: ID, on day: Day, by act: Act, in transaction: Transaction) throws {
        let person = try find(id, on: Day(act.at), in: transaction)
        if person.roles.contains(.administrator) { try refuseLastAdministrator(id, on: day, in: transaction) }
        try transaction.run("UPDATE person SET left_on = \(day) WHERE id = \(id)")
        let before = try career(of: id, in: transaction)
        try before.ending(on: day).store(of: id, insteadOf: before, in: transaction)
        if day <= Day(act.at) { try Session.endAll(of: id, in: transaction) }
        try Audit.append(act.entry(.personLeft, Subject(id), ["on": "\(day)"]), in: transaction)
    }

    static func isUsable(username: String) -> Bool {
        (2...64).contains(username.utf8.count)
            && username.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "@")].contains($0)
            }
    }

    private static func refuseLastAdministrator(_ id: ID, on day: Day, in transaction: Transaction) throws {
        let others = try all(with: .administrator, on: day, limit: 2, in: transaction).people
        guard others.contains(where: { $0.id != id }) else { throw StaffRefusal.lastAdministrator }
    }

    fileprivate static func replaceRoles(of id: ID, by roles: Set<Role>, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM person_role WHERE person_id = \(id)")
        guard !roles.isEmpty else { return }
        let rows = roles.map { "(\(id), \($0))" as SQL }
        try transaction.run("INSERT INTO person_role (person_id, role) VALUES \(SQL.list(rows))")
    }

    fileprivate static func storeWords(
        of id: ID, name: String, username: String, staffNumber: String, in transaction: Transaction
    ) throws {
        let rows = words(name: name, username: username, staffNumber: staffNumber)
            .map { "(\($0), \(id))" as SQL }
        try transaction.run("DELETE FROM person_word WHERE person_id = \(id)")
        try transaction.run("INSERT INTO person_word (word, person_id) VALUES \(SQL.list(rows))")
    }
}

extension Role {
    /// `adviser;team_leader`: as a staff list writes them.
    static func words(_ roles: Set<Role>) -> String {
        roles.map(\.rawValue).sorted().joined(separator: ";")
    }
}
