import People
import Routing
import Storage
import Values

/// The skills that an adviser had during a stretch of time, as `desk` and `desk_time` note them: `1:4 3:2`.
///
/// Time is counted by profile, so that occupancy can say for which queues somebody was idle, with the skills of then.
struct SkillProfile: RawRepresentable, Hashable, Sendable, SQLConvertible {
    let rawValue: String

    static let none = SkillProfile(rawValue: "")

    init(rawValue: String) {
        self.rawValue = rawValue
    }

    init(_ levels: [Skill.ID: Int]) {
        rawValue = levels.sorted { $0.key < $1.key }.map { "\($0):\($1)" }.joined(separator: " ")
    }

    /// The level of each skill.
    var levels: [Skill.ID: Int] {
        let pairs = rawValue.split(separator: " ").compactMap { pair -> (Skill.ID, Int)? in
            let halves = pair.split(separator: ":")
            guard halves.count == 2, let skill = Skill.ID(String(halves[0])), let level = Int(halves[1]) else {
                return nil
            }
            return (skill, level)
        }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension Desk {
    /// Notes the skills that she has today; if they are others than before, the stretch of time so far is closed.
    static func learn(_ adviser: Person.ID, at now: Moment, in transaction: Transaction) throws {
        let levels = try SkillHeld.levels(of: adviser, on: Day(now), in: transaction)
        let row = try transaction.row("SELECT skills FROM desk WHERE adviser_id = \(adviser)")
        guard let before: SkillProfile = try row?.value("skills"), before != SkillProfile(levels) else { return }
        try closeStretch(adviser, at: now, in: transaction)
        try transaction.run(
            """
            UPDATE desk SET skills = \(SkillProfile(levels)), doing_since = \(now) WHERE adviser_id = \(adviser)
            """)
    }
}
