import Foundation
import People
import Storage
import Values
import Web

/// A time when a queue, or every queue, is closed although its hours say otherwise.
struct Closing: Equatable, Sendable {
    typealias ID = Identifier<Closing>

    var id: ID = 0
    /// Nil: every queue.
    let queue: Queue.ID?
    let from: Moment
    let until: Moment
    /// What customers read.
    let message: String

    /// The end of what ends only when a planner says so.
    static let endless = Moment(milliseconds: 253_370_764_800_000)
}

/// A day on which every queue is closed.
struct BankHoliday: Equatable, Sendable {
    let day: Day
    let name: String
}

/// The calendar says no.
enum CalendarRefusal: Refusal, Equatable {
    case unknown

    var sentence: String { "There is no such closure or bank holiday any more." }
    var kind: RefusalKind { .notFound }
}

extension Closing {
    /// What is closed now or will be, the soonest first.
    static func all(at now: Moment, in transaction: Transaction) throws -> [Closing] {
        try transaction.rows(
            """
            SELECT id, queue_id, starts_at, ends_at, message FROM closure WHERE ends_at > \(now)
            ORDER BY starts_at, id LIMIT 500
            """
        ).map {
            Closing(
                id: try $0.value("id"), queue: try $0.optional("queue_id"), from: try $0.value("starts_at"),
                until: try $0.value("ends_at"), message: try $0.value("message"))
        }
    }

    @discardableResult
    func insert(by act: Act, in transaction: Transaction) throws -> ID {
        if let queue, try Queue.find(queue, in: transaction) == nil { throw QueueRefusal.neverThere(queue) }
        let id: ID = try transaction.insert(
            """
            INSERT INTO closure (queue_id, starts_at, ends_at, message)
            VALUES (\(queue), \(from), \(until), \(message)) RETURNING id
            """)
        let end =
            until < Closing.endless
            ? "until \(Wording.stamp(until, in: .staff))" : "until it is opened again"
        try QueueChange.append(
            "Closed from \(Wording.stamp(from, in: .staff)) \(end): \(message)", of: queue, by: act, in: transaction)
        return id
    }

    /// Ends a closure now; one that has not begun is taken back.
    static func end(_ id: ID, by act: Act, in transaction: Transaction) throws {
        guard let closing = try all(at: act.at, in: transaction).first(where: { $0.id == id }) else {
            throw CalendarRefusal.unknown
        }
        if closing.from < act.at {
            try transaction.run("UPDATE closure SET ends_at = \(act.at) WHERE id = \(id)")
        } else {
            try transaction.run("DELETE FROM closure WHERE id = \(id)")
        }
        try QueueChange.append("Open again: \(closing.message)", of: closing.queue, by: act, in: transaction)
    }
}

extension BankHoliday {
    /// From this day on, the soonest first.
    static func all(from day: Day, in transaction: Transaction) throws -> [BankHoliday] {
        try transaction.rows("SELECT day, name FROM bank_holiday WHERE day >= \(day) ORDER BY day LIMIT 500").map {
            BankHoliday(day: try $0.value("day"), name: try $0.value("name"))
        }
    }

    /// Puts a new one into the calendar.
    ///
    /// - Throws: `FormRefusal` for the day when it is one of another name.
    func add(by act: Act, in transaction: Transaction) throws {
        let other: String? = try transaction.row("SELECT name FROM bank_holiday WHERE day = \(day)")?.value("name")
        if let other, other != name {
            let sentence = "\(Wording.date(day)) is \(other) already. Remove that first, or name both in one line."
            throw FormRefusal(errors: [.init("day", sentence)])
        }
        try store(by: act, in: transaction)
    }

    /// Puts it into the calendar, in the place of another name for that day.
    func store(by act: Act, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO bank_holiday (day, name) VALUES (\(day), \(name))
            ON CONFLICT (day) DO UPDATE SET name = excluded.name
            """)
        try QueueChange.append("Bank holiday on \(Wording.date(day)): \(name).", of: nil, by: act, in: transaction)
    }

    static func remove(_ day: Day, by act: Act, in transaction: Transaction) throws {
        guard try transaction.run("DELETE FROM bank_holiday WHERE day = \(day)") == 1 else {
            throw CalendarRefusal.unknown
        }
        try QueueChange.append("No bank holiday on \(Wording.date(day)).", of: nil, by: act, in: transaction)
    }
}
