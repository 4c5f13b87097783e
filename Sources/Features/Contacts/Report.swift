import Routing
import Values
import Web

/// How finely a report is broken down.
enum Grain: String, CaseIterable, Sendable {
    case quarterHour = "quarter-hour"
    case day, week

    /// So many days at the most, so that a report stays one that somebody can read, and the server can count.
    var mostDays: Int {
        switch self {
        case .quarterHour: 31
        case .day: 366
        case .week: 732
        }
    }

    var label: String {
        switch self {
        case .quarterHour: "Quarter of an hour"
        case .day: "Day"
        case .week: "Week"
        }
    }
}

/// Some days in a row, both ends included.
struct Days: Equatable, Sendable {
    let first: Day
    let last: Day

    var count: Int { last - first + 1 }
    var span: Span { Span(start: Span(of: first).start, end: Span(of: last).end) }

    /// The parts of it that a report has a line for. Weeks begin on Monday; the first and the last may be shorter.
    func parts(by grain: Grain) -> [Report.Part] {
        let short = first.civil.year == last.civil.year ? Report.short : { "\(Report.short($0)) \($0.civil.year)" }
        return switch grain {
        case .quarterHour:
            all.flatMap { day in
                Span(of: day).quarters.map { Report.Part(span: $0, label: "\(short(day)), \($0.clock)") }
            }
        case .day:
            all.map {
                Report.Part(
                    span: Span(of: $0), label: "\(Wording.weekdays[$0.weekday - 1].prefix(3)) \(short($0))")
            }
        case .week:
            all.filter { $0 == first || $0.weekday == 1 }.map { monday in
                let week = Days(first: monday, last: min(last, monday + (7 - monday.weekday)))
                return Report.Part(span: week.span, label: "\(short(week.first)) to \(short(week.last))")
            }
        }
    }

    private var all: [Day] { (0..<max(0, count)).map { first + $0 } }
}

/// What became of the contacts of a period, part by part, counted from the events.
struct Report: Equatable, Sendable {
    let question: Question
    let queue: QueueName?
    let target: Duration
    let rows: [Row]
    let total: Tally
    /// Of all advisers, or of the time that is shared out to the queue.
    let occupancy: Double?

    /// A stretch of the period, and what it is called.
    struct Part: Equatable, Sendable { let span: Span; let label: String }

    /// What one part came to.
    struct Row: Equatable, Sendable { let part: Part; let tally: Tally; let occupancy: Double? }

    /// What is asked for.
    struct Question: Equatable, Sendable {
        let days: Days
        let by: Grain
        /// Its key, number or name; nil is all queues.
        let queue: String?
        /// Nil: what the queue promises, or the body for all queues.
        let target: Duration?
    }

    /// `22 Nov`
    static func short(_ day: Day) -> String {
        "\(day.civil.day) \(monthNames[day.civil.month - 1].prefix(3))"
    }

    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension Report.Question {
    /// Reads the fields of an address's query. What is wrong is gathered, field by field.
    init(_ field: (String) -> String?, today: Day) throws(FormRefusal) {
        var errors: [Problem.Field] = []
        let to = Self.day(field("to"), "to", or: today, &errors)
        let from = Self.day(field("from"), "from", or: to + -6, &errors)
        let word = field("by") ?? Grain.day.rawValue
        let grain = Grain(rawValue: word)
        if grain == nil { errors.append(.init("by", "by must be one of quarter-hour, day, week.")) }
        let by = grain ?? .day
        let days = Days(first: from, last: to)
        if errors.isEmpty, from > to {
            errors.append(.init("from", "The end (to) must not be before the beginning (from)."))
        }
        if errors.isEmpty, days.count > by.mostDays {
            errors.append(
                .init(
                    "from",
                    "A report by \(by.label.lowercased()) covers \(by.mostDays) days at most; this asks for \(days.count)."
                ))
        }
        let target = Self.target(field("target"), &errors)
        if !errors.isEmpty { throw FormRefusal(errors: errors) }
        self.init(days: days, by: by, queue: field("queue"), target: target)
    }

    private static func day(_ text: String?, _ name: String, or usual: Day, _ errors: inout [Problem.Field]) -> Day {
        guard let text else { return usual }
        if let day = Day(text), (1970...2199).contains(day.civil.year) { return day }
        errors.append(.init(name, "\(name) must be a day from 1970 to 2199, written like 2026-11-22."))
        return usual
    }

    /// Whole seconds up to a day.
    static func target(_ text: String?, _ errors: inout [Problem.Field]) -> Duration? {
        guard let text else { return nil }
        if let seconds = Int64(text), (1...86_400).contains(seconds) { return .seconds(seconds) }
        errors.append(.init("target", "target must be a whole number of seconds from 1 to 86400."))
        return nil
    }
}
