import People
import Routing
import Values
import Web

/// Who helps at once, and who else after a wait, as the fields of a queue's form.
///
/// `need_1_skill`, `need_1_level` is what is asked for at once; `step_2_seconds` says when the second step begins,
/// `step_2_skill_1`, `step_2_level_1` what it asks for. How much of that is shown is itself a field, so that a button
/// can add a row or a step without a script.
enum QueueSteps {
    /// One list of skills: that at once, or that of a step.
    enum Group: Hashable, Sendable {
        case atOnce
        case step(Int)

        var shown: String { self == .atOnce ? "needs_shown" : "\(prefix)_shown" }

        func skill(_ row: Int) -> String { self == .atOnce ? "need_\(row)_skill" : "\(prefix)_skill_\(row)" }
        func level(_ row: Int) -> String { self == .atOnce ? "need_\(row)_level" : "\(prefix)_level_\(row)" }

        private var prefix: String {
            switch self {
            case .atOnce: "need"
            case .step(let number): "step_\(number)"
            }
        }
    }

    static let shown = "steps_shown"

    static func seconds(_ step: Int) -> String { "step_\(step)_seconds" }

    /// Every field there can be.
    static let names: [String] = {
        let groups = [Group.atOnce] + (1...QueueDraft.mostSteps).map { .step($0) }
        let rows = groups.flatMap { group in
            [group.shown] + (1...QueueDraft.mostSkills).flatMap { [group.skill($0), group.level($0)] }
        }
        return [shown] + (1...QueueDraft.mostSteps).map(seconds) + rows
    }()
}

// MARK: - From the draft to the fields and back

extension QueueDraft {
    /// Its needs as fields.
    var stepFields: [String: String] {
        var fields: [String: String] = [:]
        func fill(_ group: QueueSteps.Group, _ lines: [NeedLine]) {
            for (index, line) in lines.enumerated() {
                fields[group.skill(index + 1)] = "\(line.skill)"
                fields[group.level(index + 1)] = "\(line.level)"
            }
        }
        fill(.atOnce, needs.filter { $0.after == .zero })
        let steps = Dictionary(grouping: needs.filter { $0.after > .zero }, by: \.after).sorted { $0.key < $1.key }
        for (index, step) in steps.enumerated() {
            fields[QueueSteps.seconds(index + 1)] = "\(step.key.milliseconds / 1_000)"
            fill(.step(index + 1), step.value)
        }
        return fields
    }
}

extension QueueDraft.NeedLine {
    /// What is asked for at once, then step by step as they stand on the page.
    static func read(_ form: inout Form) -> [Self] {
        var lines = read(.atOnce, after: .zero, &form)
        var beginnings: [Int: Int] = [:]
        for step in 1...QueueDraft.mostSteps {
            let field = QueueSteps.seconds(step), group = QueueSteps.Group.step(step)
            let isNamed = (1...QueueDraft.mostSkills).contains { !form.sent(group.skill($0)).isEmpty }
            guard isNamed || !form.sent(field).isEmpty else { continue }
            let seconds = form.number(field, "after how many seconds step \(step) begins", in: 1...86_400)
            if !isNamed { form.refuse(group.skill(1), "Step \(step): choose a skill, or empty its seconds.") }
            if let seconds, let twin = beginnings.updateValue(step, forKey: seconds) {
                form.refuse(field, "Steps \(twin) and \(step) begin at the same time: make one step of them.")
            }
            lines += read(group, after: .seconds(seconds ?? 1), &form)
        }
        return lines
    }

    private static func read(_ group: QueueSteps.Group, after: Duration, _ form: inout Form) -> [Self] {
        (1...QueueDraft.mostSkills).compactMap { row in
            if form.sent(group.skill(row)).isEmpty { return nil }
            guard let skill = Skill.ID(form.sent(group.skill(row))) else {
                form.refuse(group.skill(row), "Choose a skill from the list.")
                return nil
            }
            // Whoever chooses a skill and says no more means that any level will do.
            let isBlank = form.sent(group.level(row)).isEmpty
            let level = isBlank ? 1 : form.number(group.level(row), "the level", in: Skill.levels) ?? 1
            return Self(after: after, skill: skill, level: level)
        }
    }
}

// MARK: - What the page shows

extension QueuePage {
    /// A list of skills with one row to spare, and whether a button can add more.
    struct SkillRows: Encodable, Sendable {
        let group: String
        let shownName: String
        let shown: Int
        let rows: [Row]
        let mayGrow: Bool

        struct Row: Encodable, Sendable {
            let number: Int
            let skillName, levelName: String
            let skills: [Choice]
            let level: String
            let problem: String?
            let isFocused: Bool
        }
    }

    /// Who else may help after so many seconds.
    struct Step: Encodable, Sendable {
        let number: Int
        let secondsName, seconds: String
        let problem: String?
        let isFocused: Bool
        let skills: SkillRows
    }
}

extension QueuePage.SkillRows {
    init(
        _ group: QueueSteps.Group, named name: String, _ fields: [String: String], _ problem: [String: String],
        _ skills: [NamedSkill]
    ) {
        let used = (1...QueueDraft.mostSkills).last { fields[group.skill($0)]?.isEmpty == false } ?? 0
        let asked = fields[group.shown].flatMap(Int.init) ?? 0
        let grows = fields["more"] == name
        let count = min(QueueDraft.mostSkills, max(2, used + 1, asked + (grows ? 1 : 0)))
        self.group = name
        shownName = group.shown
        shown = count
        mayGrow = count < QueueDraft.mostSkills
        rows = (1...count).map { row in
            Row(
                number: row, skillName: group.skill(row), levelName: group.level(row),
                skills: Choice.skills(skills, chosen: fields[group.skill(row)] ?? ""),
                level: fields[group.level(row)] ?? "", problem: problem[group.skill(row)] ?? problem[group.level(row)],
                isFocused: grows && row == min(count, max(used, asked) + 1))
        }
    }
}

extension QueuePage.Step {
    /// The steps that are filled or were asked for, one at least.
    static func all(
        _ fields: [String: String], _ problem: [String: String], _ skills: [NamedSkill]
    ) -> [Self] {
        let used = (1...QueueDraft.mostSteps).last { step in
            fields[QueueSteps.seconds(step)]?.isEmpty == false
                || (1...QueueDraft.mostSkills).contains {
                    fields[QueueSteps.Group.step(step).skill($0)]?.isEmpty == false
                }
        }
        let asked = fields[QueueSteps.shown].flatMap(Int.init) ?? 0
        let grows = fields["more"] == "step"
        let count = min(QueueDraft.mostSteps, max(1, used ?? 0, asked + (grows ? 1 : 0)))
        return (1...count).map { step in
            let field = QueueSteps.seconds(step)
            return Self(
                number: step, secondsName: field, seconds: fields[field] ?? "", problem: problem[field],
                isFocused: grows && step == count,
                skills: .init(.step(step), named: "step_\(step)", fields, problem, skills))
        }
    }
}
