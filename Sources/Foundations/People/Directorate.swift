import Storage
import Values

/// A large part of the body: Customer Services, Debt …
package struct Directorate: Hashable, Sendable {
    package typealias ID = Identifier<Directorate>
    package let id: ID
    package let name: String

    package init(id: ID, name: String) {
        self.id = id
        self.name = name
    }
}

extension Directorate {
    init(row: Row) throws {
        self.init(id: try row.value("id"), name: try row.value("name"))
    }

    /// All directorates by name; there are dozens at the most.
    package static func all(in transaction: Transaction) throws -> [Directorate] {
        try transaction.rows("SELECT id, name FROM directorate ORDER BY name, id").map(Directorate.init(row:))
    }

    /// Adds a directorate.
    package static func add(named name: String, in transaction: Transaction) throws -> Directorate {
        let name = try wellFormed(name)
        let id: ID? = try transaction.row(
            "INSERT INTO directorate (name) VALUES (\(name)) ON CONFLICT (name) DO NOTHING RETURNING id")?.value("id")
        guard let id else { throw StaffRefusal.nameTaken(name) }
        return Directorate(id: id, name: name)
    }

    /// Gives a directorate another name.
    package static func rename(_ id: ID, to name: String, in transaction: Transaction) throws {
        let name = try wellFormed(name)
        try refusingTaken(name) {
            try transaction.run("UPDATE directorate SET name = \(name) WHERE id = \(id)")
        }
    }

    /// Removes a directorate that nobody stands or ever stood in.
    package static func remove(_ id: ID, in transaction: Transaction) throws {
        try refusingUsed("This directorate") { try transaction.run("DELETE FROM directorate WHERE id = \(id)") }
    }
}
