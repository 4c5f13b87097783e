import People
import Storage
import Values
import Web

/// A course as an administrator describes it.
struct CourseDraft: Sendable {
    private let title: String
    private let skill: Skill.ID?
    private let level: Int
    private let validDays: Int?

    /// What is wrong with it is then in the form.
    init(_ form: inout Form) {
        title = form.line("title", "a title", upTo: 200)
        skill = form.id("skill", as: Skill.ID.self, otherwise: "Choose a skill.")
        if form.isBlank("skill") { form.refuse("skill", "Choose a skill.") }
        level = form.number("level", "the level", in: Skill.levels) ?? 1
        validDays =
            form.isBlank("validDays")
            ? nil : form.number("validDays", "for how many days the skill holds", in: 1...36_500)
    }

    /// Adds it, and notes who did.
    func add(by act: Act, in transaction: Transaction) throws -> Course {
        guard let skill, try NamedSkill.all(in: transaction).contains(where: { $0.id == skill }) else {
            throw FormRefusal(errors: [.init("skill", "There is no such skill. Choose one from the list.")])
        }
        let course = try Course.add(
            titled: title, giving: skill, level: level, validDays: validDays, in: transaction)
        let detail = ["title": course.title, "skill": "\(skill)", "level": "\(level)"]
        try Audit.append(
            act.entry("course added", Subject("course", course.id.number), detail), in: transaction)
        return course
    }
}

extension Course {
    /// Removes a course that nobody has completed, and notes who did.
    static func remove(_ id: ID, by act: Act, in transaction: Transaction) throws {
        try remove(id, in: transaction)
        try Audit.append(act.entry("course removed", Subject("course", id.number)), in: transaction)
    }
}
