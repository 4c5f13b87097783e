import Foundation
import Routing
import Storage
import Values
import Web

/// Closures and bank holidays to come.
struct CalendarPage: Page {
    static let template = "calendar"
    let title = "Calendar"
    let closures: [Line]
    let holidays: [Holiday]
    let changes: [QueuePage.Change]
    var errors: [Problem.Field] = []
    var problem: [String: String] = [:]
    let form: Filled

    struct Line: Encodable, Sendable {
        let id: Closing.ID
        let queueId: Queue.ID?
        let queue: String
        let from: Moment
        let until: Moment?
        let time, message, language: String
    }
    struct Holiday: Encodable, Sendable { let day: Day; let date, name: String }
    struct Filled: Encodable, Sendable {
        let queues: [Choice]
        let from, until, message, day, name: String
    }

    /// The calendar as programs are told of it.
    struct Record: Encodable, Sendable {
        let closures: [Closure]
        let holidays: [Holiday]
        let changes: [QueueChange.Record]

        struct Closure: Encodable, Sendable {
            let id: Closing.ID
            let queueId: Queue.ID?
            let queue: String
            let from: Moment
            let until: Moment?
            let message: String
        }
        struct Holiday: Encodable, Sendable { let day: Day; let name: String }
    }

    var record: Record {
        Record(
            closures: closures.map {
                .init(
                    id: $0.id, queueId: $0.queueId, queue: $0.queue, from: $0.from, until: $0.until,
                    message: $0.message)
            }, holidays: holidays.map { .init(day: $0.day, name: $0.name) }, changes: changes.map(\.record))
    }

    init(
        at now: Moment, filled sent: (String) -> String = { _ in "" }, refusal: FormRefusal? = nil,
        in transaction: Transaction
    ) throws {
        let queues = try Queue.all(in: transaction)
        let all = Dictionary(
            uniqueKeysWithValues: try Queue.all(retired: true, in: transaction).map { ($0.id, $0) })
        closures = try Closing.all(at: now, in: transaction).map { closing in
            let end =
                closing.until < Closing.endless
                ? " to \(Wording.stamp(closing.until, in: .staff))" : " until it is opened again"
            return Line(
                id: closing.id, queueId: closing.queue,
                queue: closing.queue.map { all[$0]?.name ?? "?" } ?? "All queues",
                from: closing.from, until: closing.until < Closing.endless ? closing.until : nil,
                time: Wording.stamp(closing.from, in: .staff) + end, message: closing.message,
                language: closing.queue.flatMap { all[$0]?.language } ?? Language.usual)
        }
        holidays = try BankHoliday.all(from: Day(now), in: transaction).map { holiday in
            let date = Wording.day(holiday.day.startInUTC, in: .gmt)
            return Holiday(day: holiday.day, date: "\(date) \(holiday.day.civil.year)", name: holiday.name)
        }
        changes = try QueueChange.newest(of: nil, limit: 20, in: transaction).map(QueuePage.Change.init)
        errors = refusal?.errors ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        form = Filled(
            queues: Choice.queues(queues, chosen: sent("queue"), all: "All queues"), from: sent("from"),
            until: sent("until"), message: sent("message"), day: sent("day"), name: sent("name"))
    }
}

extension Closing {
    /// Reads a closure: moments as `2026-11-22T09:30`, by the clock of staff, or in full with their `Z`.
    init(_ form: inout Form, now: Moment) {
        let queue = form.id("queue", as: Queue.ID.self, otherwise: "Choose a queue from the list, or all.")
        let from = form.isBlank("from") ? now : Closing.moment(&form, "from", "when it begins") ?? now
        let until =
            form.isBlank("until")
            ? Closing.endless : Closing.moment(&form, "until", "when it ends") ?? Closing.endless
        if until <= from || until <= now { form.refuse("until", "It must end after it begins, and not in the past.") }
        self.init(
            queue: queue, from: from, until: until, message: form.text("message", "what customers read", upTo: 500))
    }

    private static func moment(_ form: inout Form, _ name: String, _ label: String) -> Moment? {
        let text = form.sent(name)
        let parts = text.split(separator: "T")
        if let moment = Moment(text), Day.usual.contains(Day(moment)) { return moment }
        if parts.count == 2, let day = Day(String(parts[0])), Day.usual.contains(day), parts[1].count == 5,
            let minute = QueueDraft.Opening.minutes(parts[1])
        {
            return TimeZone.staff.moment(on: day, minute: minute)
        }
        form.refuse(name, "Write \(label) as a day and a time, from 1970 to 2199: 2026-11-22T09:30.")
        return nil
    }
}

extension BankHoliday {
    init(_ form: inout Form, on day: Day) {
        self.init(day: day, name: form.line("name", "what it is called", upTo: 100))
    }
}
