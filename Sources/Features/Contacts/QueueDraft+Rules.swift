import Foundation
import Values
import Web

/// What is wrong with one field of a draft.
typealias QueueProblem = Problem.Field

extension QueueDraft {
    /// Everything that is wrong with it as it stands, one sentence for each field.
    var problems: [QueueProblem] {
        nameProblems + limitProblems + needProblems + openingProblems
    }

    private var nameProblems: [QueueProblem] {
        var problems: [QueueProblem] = []
        let isPattern = key.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil
        if !isPattern || key.count > 50 || !key.contains(where: \.isLetter) {
            problems.append(
                .init(
                    "key",
                    "Write the key in small letters, digits and single hyphens, with a letter in it: self-assessment."))
        }
        if !name.isOneLine {
            problems.append(.init("name", "Write the name in one line, without characters that cannot be shown."))
        } else if name.isEmpty || name.count > 100 || name.utf8.count > 800 {
            problems.append(.init("name", "A name has 1 to 100 characters."))
        }
        if !Language.isTag(language) {
            problems.append(
                .init("language", "\"\(language.prefix(40))\" is no tag of a language. Write one like en, cy or pt-BR.")
            )
        }
        if !TimeZone.knownTimeZoneIdentifiers.contains(timeZone) {
            problems.append(
                .init("timeZone", "\"\(timeZone.prefix(60))\" is no time zone. Write one like Europe/London."))
        }
        return problems
    }

    private var limitProblems: [QueueProblem] {
        var problems: [QueueProblem] = []
        func demand(_ isFine: Bool, _ field: String, _ sentence: String) {
            if !isFine { problems.append(.init(field, sentence)) }
        }
        demand((0...9).contains(priority), "priority", "Priority goes from 0 to 9.")
        demand(.zero <= headStart && headStart <= .hours(1), "headStart", "The head start is 0 to 3,600 seconds.")
        demand(.seconds(1) <= target && target <= .hours(24), "target", "The target is 1 to 86,400 seconds.")
        demand(
            .seconds(5) <= offerTimeout && offerTimeout <= .minutes(5), "offerTimeout",
            "An offer stands for 5 to 300 seconds.")
        demand(
            .seconds(5) <= wrapUpLimit && wrapUpLimit <= .hours(1), "wrapUpLimit",
            "Wrap-up may take 5 to 3,600 seconds.")
        demand(
            longest.map { (0...100_000).contains($0) } ?? true, "longest",
            "At most 0 to 100,000 may wait; leave it empty for no limit.")
        demand((1...3_650).contains(retentionDays), "retentionDays", "What was said is kept for 1 to 3,650 days.")
        return problems
    }

    private var needProblems: [QueueProblem] {
        var problems: [QueueProblem] = []
        for need in needs where !Skill.levels.contains(need.level) {
            problems.append(.init(need.field, "\(need.level) is no level: levels go from 1 to 5."))
        }
        for need in needs where need.after < .zero || need.after > .hours(24) {
            problems.append(.init(need.field, "An overflow step begins after 1 second to 24 hours."))
        }
        if zip(needs, needs.dropFirst()).contains(where: { $0.after > $1.after }) {
            problems.append(.init("overflow", "Overflow steps must rise: each begins after the one before it."))
        }
        for (step, lines) in Dictionary(grouping: needs, by: \.after) where Set(lines.map(\.skill)).count < lines.count
        {
            problems.append(
                .init(step == .zero ? "needs" : "overflow", "The same skill stands twice in one step; name it once."))
        }
        let steps = Dictionary(grouping: needs.filter { $0.after > .zero }, by: \.after)
        if steps.count > QueueDraft.mostSteps {
            problems.append(.init("overflow", "A queue has \(QueueDraft.mostSteps) overflow steps at most."))
        }
        for (step, lines) in Dictionary(grouping: needs, by: \.after) where lines.count > QueueDraft.mostSkills {
            problems.append(
                .init(step == .zero ? "needs" : "overflow", "A step asks for \(QueueDraft.mostSkills) skills at most."))
        }
        if let first = needs.first, first.after > .zero {
            problems.append(
                .init(
                    "overflow",
                    "Without a need at once everybody can help, so an overflow step changes nothing. Add a need or remove the step."
                ))
        }
        return problems
    }

    private var openingProblems: [QueueProblem] {
        var problems: [QueueProblem] = []
        for (weekday, stretches) in Dictionary(grouping: openings, by: \.weekday).sorted(by: { $0.key < $1.key }) {
            guard (1...7).contains(weekday) else {
                problems.append(.init("openings", "\(weekday) is no weekday: Monday is 1, Sunday is 7."))
                continue
            }
            let name = Wording.weekdays[weekday - 1], sorted = stretches.sorted { $0.opens < $1.opens }
            if stretches.count > 10 {
                problems.append(.init("hours_\(weekday)", "\(name): it can open 10 times a day at most."))
            } else if stretches.contains(where: { $0.opens < 0 || $0.closes > 1_440 || $0.opens >= $0.closes }) {
                problems.append(.init("hours_\(weekday)", "\(name): it must close after it opens, on the same day."))
            } else if zip(sorted, sorted.dropFirst()).contains(where: { $0.closes > $1.opens }) {
                problems.append(.init("hours_\(weekday)", "\(name): these hours overlap."))
            }
        }
        return problems
    }
}

extension QueueDraft.NeedLine {
    /// Where the page shows it.
    var field: String { after == .zero ? "needs" : "overflow" }
}
