import Foundation
import Routing
import Values

/// A queue as a planner writes it down: new, or changed.
package struct QueueDraft: Equatable, Sendable {
    package var key: String
    package var name: String
    /// A tag of `Language`.
    package var language = "en"
    package var timeZone = TimeZone.staff.identifier
    package var priority = 0
    package var headStart = Duration.seconds(60)
    package var target = Duration.minutes(5)
    package var offerTimeout = Duration.seconds(20)
    package var wrapUpLimit = Duration.minutes(2)
    package var longest: Int?
    package var masksNumbers = true
    package var retentionDays = 365
    package var isRetired = false
    package var needs: [NeedLine] = []
    package var openings: [Opening] = []

    /// So many overflow steps at the most, and so many skills in one: what the form can show and a planner can oversee.
    package static let mostSteps = 10, mostSkills = 20

    /// One skill that is asked for, at once or after so long.
    package struct NeedLine: Equatable, Sendable {
        package var after: Duration
        package var skill: Skill.ID
        package var level: Int

        package init(after: Duration = .zero, skill: Skill.ID, level: Int) {
            self.after = after
            self.skill = skill
            self.level = level
        }
    }

    /// Hours of one weekday, in minutes after midnight.
    package struct Opening: Equatable, Sendable {
        package var weekday: Int
        package var opens: Int
        package var closes: Int

        package init(weekday: Int, opens: Int, closes: Int) {
            self.weekday = weekday
            self.opens = opens
            self.closes = closes
        }
    }

    package init(key: String, name: String) {
        self.key = key
        self.name = name
    }
}

extension QueueDraft {
    /// What is different, in words for the history.
    func changes(since before: QueueDraft) -> [String] {
        var changes: [String] = []
        func compare<Value: Equatable>(_ label: String, _ path: KeyPath<QueueDraft, Value>, _ word: (Value) -> String) {
            guard self[keyPath: path] != before[keyPath: path] else { return }
            changes.append("\(label): \(word(before[keyPath: path])) → \(word(self[keyPath: path])).")
        }
        func seconds(_ duration: Duration) -> String { "\(duration.milliseconds / 1_000) s" }
        compare("Key", \.key) { $0 }
        compare("Name", \.name) { $0 }
        compare("Language", \.language) { $0 }
        compare("Time zone", \.timeZone) { $0 }
        compare("Priority", \.priority) { "\($0)" }
        compare("Head start", \.headStart, seconds)
        compare("Target", \.target, seconds)
        compare("Offer time", \.offerTimeout, seconds)
        compare("Wrap-up limit", \.wrapUpLimit, seconds)
        compare("Longest queue", \.longest) { $0.map(String.init) ?? "no limit" }
        compare("Masking", \.masksNumbers) { $0 ? "on" : "off" }
        compare("Retention", \.retentionDays) { "\($0) days" }
        compare("Retired", \.isRetired) { $0 ? "yes" : "no" }
        if needs != before.needs { changes.append("Skills changed.") }
        if openings != before.openings { changes.append("Opening hours changed.") }
        return changes
    }
}
