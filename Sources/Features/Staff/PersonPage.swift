import Foundation
import People
import Storage
import Values
import Web

/// What is recorded about one person, and what an administrator can change of it.
struct PersonPage: Page {
    static let template = "person"
    let title, heading, state, tone: String
    let id: Person.ID
    let name, staffNumber, username: String
    let leftOn: Day?
    let mayChange: Bool
    let purposeNotice: String?
    var errors: [Problem.Field] = []
    var problem: [String: String] = [:]
    let roles: [RoleBox]
    let assignments: [Place]
    let skills: [Held]
    let courses: [Completed]
    let choices: Choices?
    let today: Day

    struct RoleBox: Encodable, Sendable { let key, label: String; let isOn: Bool }
    struct Place: Encodable, Sendable {
        let from: Day; let until: Day?; let team, site, directorate: String?; let grade, contractedPlace: String
    }
    struct Held: Encodable, Sendable {
        let skillId: Skill.ID; let name: String; let level: Int; let source: String; let from: Day; let until: Day?;
        let isCurrent: Bool
    }
    struct Completed: Encodable, Sendable { let courseId: Course.ID; let course: String; let on: Day }
    struct Option: Encodable, Sendable { let value, label: String }
    struct Choices: Encodable, Sendable { let skills, courses: [Option] }

    init(_ person: Person, to viewer: Person, on today: Day, refusal: (any Refusal)? = nil, in transaction: Transaction)
        throws
    {
        let names = Dictionary(uniqueKeysWithValues: try NamedSkill.all(in: transaction).map { ($0.id, $0.name) })
        id = person.id
        (title, heading, name) = (person.name, person.name, person.name)
        (staffNumber, username, leftOn) = (person.staffNumber, person.username, person.leftOn)
        (state, tone) = person.isActive ? ("Active", "good") : ("Has left", "")
        mayChange = viewer.may(.manageStaff)
        purposeNotice = viewer.id == person.id ? nil : "That you looked at this page is recorded."
        errors = refusal.map { ($0 as? FormRefusal)?.errors ?? [.init("content", $0.sentence)] } ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        roles = Role.allCases.map { RoleBox(key: $0.rawValue, label: $0.label, isOn: person.roles.contains($0)) }
        assignments = try PersonPage.places(of: person.id, in: transaction)
        skills = try SkillHeld.all(of: person.id, in: transaction).map { held in
            Held(
                skillId: held.skill, name: names[held.skill] ?? "?", level: held.level, source: held.source.label,
                from: held.from, until: held.until,
                isCurrent: held.from <= today && held.until.map { today < $0 } != false)
        }
        courses = try Course.completed(by: person.id, in: transaction).map {
            Completed(courseId: $0.course.id, course: $0.course.title, on: $0.on)
        }
        choices =
            !mayChange
            ? nil
            : Choices(
                skills: names.map { Option(value: "\($0.key)", label: $0.value) }.sorted { $0.label < $1.label },
                courses: try Course.all(in: transaction).map { Option(value: "\($0.id)", label: $0.title) })
        self.today = today
    }

    private static func places(of id: Person.ID, in transaction: Transaction) throws -> [Place] {
        let sites = Dictionary(uniqueKeysWithValues: try Site.all(in: transaction).map { ($0.id, $0.name) })
        let units = Dictionary(uniqueKeysWithValues: try Directorate.all(in: transaction).map { ($0.id, $0.name) })
        return try Person.career(of: id, in: transaction).assignments.reversed().map { assignment in
            let post = assignment.post
            return Place(
                from: assignment.from, until: assignment.until,
                team: try post.team.map { try Team.find($0, in: transaction).name },
                site: post.site.flatMap { sites[$0] }, directorate: post.directorate.flatMap { units[$0] },
                grade: post.grade, contractedPlace: post.contractedPlace.rawValue)
        }
    }
}

extension SkillSource {
    /// The source as a person reads it.
    var label: String {
        switch self {
        case .staff_list: "staff list"
        case .administrator: "an administrator"
        case .course: "a course"
        }
    }
}
