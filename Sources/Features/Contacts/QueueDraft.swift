import Foundation
import People
import Routing
import Storage
import Values

/// A queue as a planner writes it down: new, or changed.
package struct QueueDraft: Equatable, Sendable {
    package var key: String
    package var name: String
    package var timeZone = "Europe/London"
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
    /// Makes a queue of it. Its history says who did.
    package func insert(by act: Act, in transaction: Transaction) throws -> Queue.ID {
        let id: Queue.ID = try transaction.insert("""
            INSERT INTO queue (key, name, time_zone, priority, head_start, target, offer_timeout, wrap_up_limit, longest,
                masks_numbers, retention_days, is_retired)
            VALUES (\(key), \(name), \(timeZone), \(priority), \(headStart), \(target), \(offerTimeout), \(wrapUpLimit),
                \(longest), \(masksNumbers), \(retentionDays), \(isRetired)) RETURNING id
            """)
        try replaceParts(of: id, in: transaction)
        try note("Created.", of: id, by: act, in: transaction)
        return id
    }

    /// Puts this in the place of what the queue was.
    package func update(_ id: Queue.ID, from before: QueueDraft, by act: Act, in transaction: Transaction) throws {
        guard self != before else { return }
        try transaction.run("""
            UPDATE queue SET key = \(key), name = \(name), time_zone = \(timeZone), priority = \(priority),
                head_start = \(headStart), target = \(target), offer_timeout = \(offerTimeout),
                wrap_up_limit = \(wrapUpLimit), longest = \(longest), masks_numbers = \(masksNumbers),
                retention_days = \(retentionDays), is_retired = \(isRetired)
            WHERE id = \(id)
            """)
        try transaction.run("DELETE FROM queue_need WHERE queue_id = \(id)")
        try transaction.run("DELETE FROM opening WHERE queue_id = \(id)")
        try replaceParts(of: id, in: transaction)
        try note(changes(since: before).joined(separator: " "), of: id, by: act, in: transaction)
    }

    private func replaceParts(of id: Queue.ID, in transaction: Transaction) throws {
        for need in needs {
            try transaction.run("""
                INSERT INTO queue_need (queue_id, after, skill_id, level)
                VALUES (\(id), \(need.after), \(need.skill), \(need.level))
                """)
        }
        for opening in openings {
            try transaction.run("""
                INSERT INTO opening (queue_id, weekday, opens, closes)
                VALUES (\(id), \(opening.weekday), \(opening.opens), \(opening.closes))
                """)
        }
    }

    private func note(_ summary: String, of id: Queue.ID, by act: Act, in transaction: Transaction) throws {
        try transaction.run("""
            INSERT INTO queue_change (queue_id, person_id, at, summary) VALUES (\(id), \(act.actor), \(act.at), \(summary))
            """)
        try Audit.append(
            act.entry("queue changed", Subject("queue", id.number), ["name": name, "summary": summary]), in: transaction)
        try RoutingEvent.append(.queue, queue: id, in: transaction)
    }

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
