import Storage
import Values

/// People who work together under one team leader. Its name is unique within its directorate.
package struct Team: Hashable, Sendable {
    package typealias ID = Identifier<Team>
    package let id: ID
    package let name: String
    package let directorate: Directorate.ID

    package init(id: ID, name: String, directorate: Directorate.ID) {
        self.id = id
        self.name = name
        self.directorate = directorate
    }
}

extension Team {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), name: try row.value("name"), directorate: try row.value("directorate_id"))
    }

    /// All teams of a directorate by name, or of the whole body: thousands.
    package static func all(of directorate: Directorate.ID? = nil, in transaction: Transaction) throws -> [Team] {
        let condition: SQL = if let directorate { "WHERE directorate_id = \(directorate)" } else { "" }
        return try transaction.rows("SELECT id, name, directorate_id FROM team \(condition) ORDER BY name, id")
            .map(Team.init(row:))
    }

    /// The team of this number.
    package static func find(_ id: ID, in transaction: Transaction) throws -> Team {
        let row = try transaction.row("SELECT id, name, directorate_id FROM team WHERE id = \(id)")
        guard let row else { throw StaffRefusal.unknown }
        return try Team(row: row)
    }

    /// Adds a team to a directorate.
    package static func add(
        named name: String, to directorate: Directorate.ID, in transaction: Transaction
    ) throws -> Team {
        let name = try wellFormed(name)
        let id: ID? = try transaction.row(
            """
            INSERT INTO team (directorate_id, name) VALUES (\(directorate), \(name))
            ON CONFLICT (directorate_id, name) DO NOTHING RETURNING id
            """)?.value("id")
        guard let id else { throw StaffRefusal.nameTaken(name) }
        return Team(id: id, name: name, directorate: directorate)
    }

    /// Adds many teams at once, none of which is there yet.
    static func add(_ new: [(name: String, directorate: Directorate.ID)], in transaction: Transaction) throws {
        let teams = try new.map { (name: try wellFormed($0.name), directorate: $0.directorate) }
        try transaction.insert(teams, into: "team (directorate_id, name)") { "\($0.directorate), \($0.name)" }
    }

    /// Gives a team another name.
    package static func rename(_ id: ID, to name: String, in transaction: Transaction) throws {
        let name = try wellFormed(name)
        try refusingTaken(name) { try transaction.run("UPDATE team SET name = \(name) WHERE id = \(id)") }
    }

    /// Removes a team that nobody is or was in.
    package static func remove(_ id: ID, in transaction: Transaction) throws {
        try refusingUsed("This team") { try transaction.run("DELETE FROM team WHERE id = \(id)") }
    }
}

/// A name with single spaces between its words; an empty one is refused.
func wellFormed(_ name: String) throws(StaffRefusal) -> String {
    let words = name.split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { throw .emptyName }
    guard !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { throw .unusableName }
    return words.joined(separator: " ")
}

/// Runs a change of a name, which must find its row and must not collide.
func refusingTaken(_ name: String, _ change: () throws -> Int) throws {
    do {
        guard try change() == 1 else { throw StaffRefusal.unknown }
    } catch StorageFault.constraint(.unique, _) {
        throw StaffRefusal.nameTaken(name)
    }
}

/// Runs a removal, which must find its row, to which nothing may refer any more.
func refusingUsed(_ what: String, _ removal: () throws -> Int) throws {
    do {
        guard try removal() == 1 else { throw StaffRefusal.unknown }
    } catch StorageFault.constraint(.foreignKey, _) {
        throw StaffRefusal.inUse(what)
    }
}
