import Values

/// A member of staff as she is on one day: who she is, what she may do and where she stands.
package struct Person: Hashable, Sendable {
    package typealias ID = Identifier<Person>

    package let id: ID
    /// The body's own number for her: it never changes and is never given twice.
    package let staffNumber: String
    /// What she signs in with, in lower case.
    package let username: String
    package let name: String
    package let roles: Set<Role>
    /// Where she stands on the day that was asked for.
    package let post: Post
    /// The first day on which she is no longer with the body.
    package let leftOn: Day?
    /// Whether she is with the body on the day that was asked for.
    package let isActive: Bool

    package init(
        id: ID, staffNumber: String, username: String, name: String, roles: Set<Role>, post: Post = Post(),
        leftOn: Day? = nil, isActive: Bool = true
    ) {
        self.id = id
        self.staffNumber = staffNumber
        self.username = username
        self.name = name
        self.roles = roles
        self.post = post
        self.leftOn = leftOn
        self.isActive = isActive
    }

    package var team: Team.ID? { post.team }
    package var site: Site.ID? { post.site }
    package var directorate: Directorate.ID? { post.directorate }
    package var grade: String { post.grade }
    package var contractedPlace: Place { post.contractedPlace }

    /// Whether one of her roles allows it. Who has left may do nothing.
    package func may(_ permission: Permission) -> Bool {
        isActive && roles.contains { $0.permissions.contains(permission) }
    }
}

/// Where a person stands in the body for a while: her directorate, team, home site, grade and place of work.
package struct Post: Hashable, Sendable {
    package var directorate: Directorate.ID?
    package var team: Team.ID?
    /// The home site: where her desk would be.
    package var site: Site.ID?
    package var grade: String
    /// Where her contract says that she works.
    package var contractedPlace: Place

    package init(
        directorate: Directorate.ID? = nil, team: Team.ID? = nil, site: Site.ID? = nil, grade: String = "",
        contractedPlace: Place = .office
    ) {
        self.directorate = directorate
        self.team = team
        self.site = site
        self.grade = grade
        self.contractedPlace = contractedPlace
    }
}

/// A rule about staff saying no.
package enum StaffRefusal: Refusal, Equatable {
    case unknown
    case notAllowed
    case staffNumberTaken(String)
    case usernameTaken(String)
    case nameTaken(String)
    case emptyName
    case unusableName
    case unusableUsername(String)
    case lastAdministrator
    case inUse(String)
    case noSuchLevel(Int)
    case skillNotHeld

    package var kind: RefusalKind {
        switch self {
        case .unknown, .skillNotHeld: .notFound
        case .notAllowed: .forbidden
        case .staffNumberTaken, .usernameTaken, .nameTaken, .lastAdministrator, .inUse: .conflict
        case .emptyName, .unusableName, .unusableUsername, .noSuchLevel: .invalid
        }
    }

    package var sentence: String {
        switch self {
        case .unknown: "There is no such person, team, site, skill or course here."
        case .notAllowed: "Your role does not allow this."
        case .staffNumberTaken(let number): "Somebody else has the staff number \(number)."
        case .usernameTaken(let username): "Somebody else signs in as \(username)."
        case .nameTaken(let name): "There is one called \(name) already."
        case .emptyName: "A name and a staff number are needed."
        case .unusableName: "A name has no control characters in it."
        case .unusableUsername(let username):
            "\"\(username)\" cannot be a username: use 2 to 64 letters, digits, dots, hyphens, underscores or @."
        case .lastAdministrator: "This is the last administrator. Make somebody else one first."
        case .inUse(let name): "\(name) is still in use."
        case .skillNotHeld:
            "No administrator gave them this skill, or it has ended. What a course or the staff list says stands."
        case .noSuchLevel(let level): "\(level) is no level: levels go from 1 to 5."
        }
    }
}
