import People
import Storage
import Values
import Web

/// All courses, to add to and to take from.
struct CoursesPage: Page {
    static let template = "courses"
    let title = "Courses"
    let courses: [Line]
    let skills: [Option]
    let errors: [Problem.Field]
    let problem: [String: String]
    let form: Filled

    struct Line: Encodable, Sendable {
        let id: Course.ID
        let title, skill: String
        let skillId: Skill.ID
        let level: Int
        let validDays: Int?
        let completed: Int
    }
    struct Option: Encodable, Sendable { let value, label: String; let isChosen: Bool }

    /// What was written in the form before.
    struct Filled: Encodable, Sendable {
        let title, skill, level, validDays: String

        init(_ sent: (String) -> String = { _ in "" }) {
            (title, skill, level, validDays) = (sent("title"), sent("skill"), sent("level"), sent("validDays"))
        }
    }

    /// The courses as programs are told of them.
    struct Record: Encodable, Sendable { let courses: [Line] }

    var record: Record { Record(courses: courses) }

    init(filled: Filled = Filled(), errors: [Problem.Field] = [], in transaction: Transaction) throws {
        let named = try NamedSkill.all(in: transaction)
        let names = Dictionary(uniqueKeysWithValues: named.map { ($0.id, $0.name) })
        let counts = try Course.completions(in: transaction)
        courses = try Course.all(in: transaction).map { course in
            Line(
                id: course.id, title: course.title, skill: names[course.skill] ?? "", skillId: course.skill,
                level: course.level, validDays: course.validDays, completed: counts[course.id] ?? 0)
        }
        skills = named.map { Option(value: "\($0.id)", label: $0.name, isChosen: filled.skill == "\($0.id)") }
            .sorted { $0.label < $1.label }
        self.errors = errors
        problem = Problem.byField(errors)
        form = filled
    }
}
