import Foundation
import People
import Routing
import Storage
import Values
import Web

/// One entry of a list to choose from.
struct Choice: Encodable, Sendable {
    let value: String
    let label: String
    let isChosen: Bool
    /// What the label is written in, where that is known.
    var language: String?

    /// All skills, with none of them first.
    static func skills(_ skills: [NamedSkill], chosen: String) -> [Choice] {
        [Choice(value: "", label: "None", isChosen: chosen.isEmpty)]
            + skills.map { Choice(value: "\($0.id)", label: $0.name, isChosen: chosen == "\($0.id)") }
    }

    /// All queues, with every queue first.
    static func queues(_ queues: [Queue], chosen: String, all: String) -> [Choice] {
        [Choice(value: "", label: all, isChosen: chosen.isEmpty)]
            + queues.map {
                Choice(value: "\($0.id)", label: $0.name, isChosen: chosen == "\($0.id)", language: $0.language)
            }
    }
}

/// All queues as they are now.
struct QueuesPage: Page {
    static let template = "queues"
    let title = "Queues"
    let mayChange = true
    let queues: [Line]

    struct Line: Encodable, Sendable {
        let id: Queue.ID
        let key, name, language, state, tone: String
        let reason: OpeningHours.Reason?
        let waiting: Int
        let hours, target, needs: String
    }

    init(at now: Moment, in transaction: Transaction) throws {
        let skills = Dictionary(uniqueKeysWithValues: try NamedSkill.all(in: transaction).map { ($0.id, $0.name) })
        queues = try Queue.all(retired: true, in: transaction).map { queue in
            let hours = try queue.hours(at: now, in: transaction)
            let state = QueueState(queue, hours, at: now)
            return Line(
                id: queue.id, key: queue.key, name: queue.name, language: queue.language, state: state.word,
                tone: state.tone, reason: state.reason, waiting: try queue.waiting(in: transaction),
                hours: hours.worded.filter { $0.times != "closed" }.map { "\($0.days) \($0.times)" }.joined(
                    separator: ", "),
                target: "within \(Wording.length(queue.target))",
                needs: queue.firstNeeds.map { "\(skills[$0.skill] ?? "?"), level \($0.level)" }.joined(separator: "; "))
        }
    }
}

/// Whether a queue takes contacts now, in a word.
struct QueueState: Sendable {
    let word: String
    let tone: String
    /// Why it is closed, if that was said.
    let reason: OpeningHours.Reason?

    init(_ queue: Queue, _ hours: OpeningHours, at now: Moment) {
        switch hours.answer(at: now) {
        case _ where queue.isRetired:
            let since = queue.retiredAt.map { " on \(Wording.stamp($0, in: .staff))" } ?? ""
            (word, tone, reason) = ("Retired\(since)", "", nil)
        case .open: (word, tone, reason) = ("Open", "good", nil)
        case .closed(let because, _): (word, tone, reason) = ("Closed", "warn", because)
        }
    }
}

extension QueueChange {
    /// A change as programs are told of it.
    struct Record: Encodable, Sendable {
        let at: Moment
        let person, sentence: String
    }
}

/// A queue to look at and to change, or a new one.
struct QueuePage: Page {
    static let template = "queue"
    let title: String
    let heading, headingLanguage: String
    let id: Queue.ID?
    let state: State?
    var errors: [Problem.Field] = []
    var problem: [String: String] = [:]
    let action: String
    let version: Int?
    let closure: ClosureCard?
    let key, name, language, timeZone: String
    let weekdays: [Weekday]
    let needs: SkillRows
    let steps: [Step]
    let stepsShown: Int
    let mayAddStep: Bool
    let numbers: [Number]
    let masksNumbers, isRetired: Bool
    let retentionDays: String
    let changes: [Change]
    let embedKey: String?

    struct State: Encodable, Sendable { let word, tone: String; let reason: OpeningHours.Reason? }
    struct ClosureCard: Encodable, Sendable {
        let title: String; let isClosed: Bool; let sentence: String; let reason: OpeningHours.Reason?
    }
    struct Weekday: Encodable, Sendable { let number: Int; let name, hours: String; let problem: String? }
    struct Number: Encodable, Sendable {
        let field, label, unit: String
        let hint: String?
        let least, most: Int
        let value: String
        let problem: String?
    }
    struct Change: Encodable, Sendable {
        let at: Moment
        let time, person, sentence: String

        init(_ change: QueueChange) {
            at = change.at
            time = Wording.stamp(change.at, in: .staff)
            person = change.person ?? "Touchdown"
            sentence = change.summary
        }

        var record: QueueChange.Record { .init(at: at, person: person, sentence: sentence) }
    }
}

extension QueuePage {
    /// The page with these fields filled in: those of the queue, or those that were sent and refused.
    init(
        of id: Queue.ID?, version: Int?, filled fields: [String: String], refusal: (any Refusal)? = nil, at now: Moment,
        in transaction: Transaction
    ) throws {
        let queue = try id.flatMap { try Queue.find($0, in: transaction) }
        let hours = try queue?.hours(at: now, in: transaction)
        let state = queue.flatMap { queue in hours.map { QueueState(queue, $0, at: now) } }
        let skills = try NamedSkill.all(in: transaction)
        errors = refusal.map { ($0 as? FormRefusal)?.errors ?? [.init("changes-title", $0.sentence)] } ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        let filled = { (field: String) in fields[field] ?? "" }
        heading = queue?.name ?? "New queue"
        headingLanguage = queue?.language ?? Language.usual
        title = heading
        self.id = id
        self.state = state.map { State(word: $0.word, tone: $0.tone, reason: $0.reason) }
        action = id.map { "/queues/\($0)" } ?? "/queues"
        self.version = version
        closure = try queue.flatMap { queue in try QueuePage.card(queue, at: now, in: transaction) }
        (key, name) = (filled("key"), filled("name"))
        (language, timeZone) = (filled("language"), filled("timeZone"))
        weekdays = (1...7).map { [problem] number in
            Weekday(
                number: number, name: Wording.weekdays[number - 1], hours: filled("hours_\(number)"),
                problem: problem["hours_\(number)"])
        }
        needs = SkillRows(.atOnce, named: "needs", fields, problem, skills)
        steps = Step.all(fields, problem, skills)
        stepsShown = steps.count
        mayAddStep = steps.count < QueueDraft.mostSteps
        numbers = QueuePage.numbers(filled, problem)
        masksNumbers = !filled("masksNumbers").isEmpty
        isRetired = !filled("isRetired").isEmpty
        retentionDays = filled("retentionDays")
        changes = try id.map { try QueueChange.newest(of: $0, in: transaction).map(Change.init) } ?? []
        embedKey = queue?.key
    }

    private static func card(_ queue: Queue, at now: Moment, in transaction: Transaction) throws -> ClosureCard? {
        if queue.isRetired { return nil }
        let closing = try Closing.all(at: now, in: transaction).first { $0.queue == queue.id && $0.from <= now }
        guard let closing else { return ClosureCard(title: "Close now", isClosed: false, sentence: "", reason: nil) }
        let until =
            closing.until < Closing.endless
            ? "until \(Wording.dayAndTime(closing.until, in: .staff, seenAt: now))" : "until it is opened again"
        return ClosureCard(
            title: "Closed", isClosed: true, sentence: "Closed \(until)",
            reason: .init(words: closing.message, language: queue.language))
    }

    private static func numbers(_ filled: (String) -> String, _ problem: [String: String]) -> [Number] {
        func number(_ field: String, _ label: String, _ unit: String, _ range: ClosedRange<Int>, _ hint: String? = nil)
            -> Number
        {
            Number(
                field: field, label: label, unit: unit, hint: hint, least: range.lowerBound, most: range.upperBound,
                value: filled(field), problem: problem[field])
        }
        return [
            number("target", "Answer within", "seconds", 1...86_400, "The promise that boards and reports measure."),
            number("longest", "At most so many may wait", "empty is no limit", 0...100_000),
            number("offerTimeout", "An offer stands for", "seconds", 5...300),
            number("wrapUpLimit", "Wrap-up may take", "seconds", 5...3_600),
            number(
                "priority", "Priority", "0 to 9", 0...9, "Each point counts as so much waiting as the head start says."),
            number("headStart", "Head start of a point", "seconds", 0...3_600),
        ]
    }

    /// What a new queue is filled with.
    static let newFields = QueueDraft(key: "", name: "").fields
}

extension Form {
    /// Every field of a queue's form as it was sent.
    var queueFields: [String: String] {
        let names = Set(QueuePage.newFields.keys).union(QueueSteps.names).union(["more"])
        return Dictionary(uniqueKeysWithValues: names.map { ($0, sent($0)) }).filter { !$0.value.isEmpty }
    }
}
