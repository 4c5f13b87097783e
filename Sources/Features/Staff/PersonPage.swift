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
    let leftOn: String?
    let mayChange: Bool
    let purposeNotice: String?
    var errors: [Problem.Field] = []
    var problem: [String: String] = [:]
    let roles: [RoleBox]
    let assignments: [Post]
    let skills: [Held]
    let courses: [Completed]
    let choices: Choices?
    let today: Day
    let record: PersonRecord

    struct RoleBox: Encodable, Sendable { let key, label: String; let isOn: Bool }
    struct Held: Encodable, Sendable {
        let skillId: Skill.ID; let name: String; let level: Int; let source, from: String; let until: String?;
        let isCurrent, mayTake: Bool
    }
    struct Post: Encodable, Sendable {
        let from: String; let until, team, site, directorate: String?; let grade, contractedPlace: String
    }
    struct Completed: Encodable, Sendable { let course, on: String }
    struct Option: Encodable, Sendable { let value, label: String }
    struct Choices: Encodable, Sendable { let skills, courses: [Option] }

    init(_ person: Person, to viewer: Person, on today: Day, refusal: (any Refusal)? = nil, in transaction: Transaction)
        throws
    {
        let names = Dictionary(uniqueKeysWithValues: try NamedSkill.all(in: transaction).map { ($0.id, $0.name) })
        id = person.id
        (title, heading, name) = (person.name, person.name, person.name)
        (staffNumber, username) = (person.staffNumber, person.username)
        leftOn = person.leftOn.map(Wording.date)
        (state, tone) = person.isActive ? ("Active", "good") : ("Has left", "")
        mayChange = viewer.may(.manageStaff)
        purposeNotice = viewer.id == person.id ? nil : "Your visit to this page is recorded."
        errors = refusal.map { ($0 as? FormRefusal)?.errors ?? [.init("content", $0.sentence)] } ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        roles = Role.allCases.map { RoleBox(key: $0.rawValue, label: $0.label, isOn: person.roles.contains($0)) }
        record = try PersonRecord(person, on: today, in: transaction)
        assignments = record.assignments.map {
            Post(
                from: Wording.date($0.from), until: $0.until.map(Wording.date), team: $0.team, site: $0.site,
                directorate: $0.directorate, grade: $0.grade,
                contractedPlace: $0.contractedPlace.capitalized)
        }
        courses = record.courses.map { Completed(course: $0.course, on: Wording.date($0.on)) }
        skills = record.skills.map { held in
            Held(
                skillId: held.skillId, name: held.name, level: held.level, source: held.source.label,
                from: Wording.date(held.from), until: held.until.map(Wording.date), isCurrent: held.isCurrent,
                mayTake: held.source == .administrator && held.until.map { today < $0 } != false)
        }
        choices =
            !mayChange
            ? nil
            : Choices(
                skills: names.map { Option(value: "\($0.key)", label: $0.value) }.sorted { $0.label < $1.label },
                courses: try Course.all(in: transaction).map { Option(value: "\($0.id)", label: $0.title) })
        self.today = today
    }
}

extension SkillSource {
    /// The source as a person reads it.
    var label: String {
        switch self {
        case .staff_list: "The staff list"
        case .administrator: "An administrator"
        case .course: "A course"
        }
    }
}
