import Storage
import Values

/// A building where people of the body work.
package struct Site: Hashable, Sendable {
    package typealias ID = Identifier<Site>

    /// A regional centre of thousands, a small touchdown site near people's homes, or something else.
    package enum Kind: String, CaseIterable, Codable, SQLConvertible {
        case regional_centre, touchdown, other

        package var label: String {
            switch self {
            case .regional_centre: "Regional centre"
            case .touchdown: "Touchdown site"
            case .other: "Other site"
            }
        }
    }

    package let id: ID
    package let name: String
    package let kind: Kind

    package init(id: ID, name: String, kind: Kind) {
        self.id = id
        self.name = name
        self.kind = kind
    }
}

extension Site {
    init(row: Row) throws {
        self.init(id: try row.value("id"), name: try row.value("name"), kind: try row.value("kind"))
    }

    /// All sites by name; there are hundreds at the most.
    package static func all(in transaction: Transaction) throws -> [Site] {
        try transaction.rows("SELECT id, name, kind FROM site ORDER BY name, id").map(Site.init(row:))
    }

    /// Adds a site.
    package static func add(named name: String, kind: Kind, in transaction: Transaction) throws -> Site {
        let name = try wellFormed(name)
        let id: ID? = try transaction.row(
            """
            INSERT INTO site (name, kind) VALUES (\(name), \(kind)) ON CONFLICT (name) DO NOTHING RETURNING id
            """)?.value("id")
        guard let id else { throw StaffRefusal.nameTaken(name) }
        return Site(id: id, name: name, kind: kind)
    }

    /// Gives a site another name or kind.
    package static func change(_ id: ID, name: String, kind: Kind, in transaction: Transaction) throws {
        let name = try wellFormed(name)
        try refusingTaken(name) {
            try transaction.run("UPDATE site SET name = \(name), kind = \(kind) WHERE id = \(id)")
        }
    }

    /// Removes a site that is and was nobody's home site.
    package static func remove(_ id: ID, in transaction: Transaction) throws {
        try refusingUsed("This site") { try transaction.run("DELETE FROM site WHERE id = \(id)") }
    }
}
