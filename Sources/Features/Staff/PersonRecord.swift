import People
import Storage
import Values

/// What is recorded about one person, as programs are told of it.
struct PersonRecord: Encodable, Sendable {
    let id: Person.ID
    let name, staffNumber, username: String
    let leftOn: Day?
    let isActive: Bool
    let roles: [Role]
    let assignments: [Place]
    let skills: [Held]
    let courses: [Completed]

    struct Place: Encodable, Sendable {
        let from: Day; let until: Day?; let team, site, directorate: String?; let grade, contractedPlace: String
    }
    struct Held: Encodable, Sendable {
        let skillId: Skill.ID; let name: String; let level: Int; let source: SkillSource; let from: Day
        let until: Day?; let isCurrent: Bool
    }
    struct Completed: Encodable, Sendable { let courseId: Course.ID; let course: String; let on: Day }

    init(_ person: Person, on today: Day, in transaction: Transaction) throws {
        let names = Dictionary(uniqueKeysWithValues: try NamedSkill.all(in: transaction).map { ($0.id, $0.name) })
        id = person.id
        (name, staffNumber, username) = (person.name, person.staffNumber, person.username)
        (leftOn, isActive) = (person.leftOn, person.isActive)
        roles = person.roles.sorted { $0.rawValue < $1.rawValue }
        assignments = try PersonRecord.places(of: person.id, in: transaction)
        skills = try SkillHeld.all(of: person.id, in: transaction).map { held in
            Held(
                skillId: held.skill, name: names[held.skill] ?? "?", level: held.level, source: held.source,
                from: held.from, until: held.until,
                isCurrent: held.from <= today && held.until.map { today < $0 } != false)
        }
        courses = try Course.completed(by: person.id, in: transaction).map {
            Completed(courseId: $0.course.id, course: $0.course.title, on: $0.on)
        }
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
