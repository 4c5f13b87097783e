import Foundation
import Routing
import Storage
import Values

extension Queue {
    init(row: Row, needs: [Step]) throws {
        id = try row.value("id")
        key = try row.value("key")
        name = try row.value("name")
        language = try row.value("language")
        zone = TimeZone(identifier: try row.value("time_zone")) ?? .gmt
        priority = try row.value("priority")
        headStart = try row.value("head_start")
        target = try row.value("target")
        offerTimeout = try row.value("offer_timeout")
        wrapUpLimit = try row.value("wrap_up_limit")
        longest = try row.optional("longest")
        masksNumbers = try row.value("masks_numbers")
        retentionDays = try row.value("retention_days")
        pace = try row.optional("pace")
        isRetired = try row.value("is_retired")
        retiredAt = try row.optional("retired_at")
        self.needs = needs
    }

    private static let columns: SQL = """
        id, key, name, language, time_zone, priority, head_start, target, offer_timeout, wrap_up_limit, longest,
        masks_numbers, retention_days, pace, is_retired, retired_at
        """

    /// All queues by name, those in use only unless asked otherwise.
    package static func all(retired: Bool = false, in transaction: Transaction) throws -> [Queue] {
        let needs = try steps("1 = 1", in: transaction)
        return try transaction.rows(
            """
            SELECT \(columns) FROM queue WHERE is_retired = FALSE OR is_retired = \(retired) ORDER BY name
            """
        ).map { try Queue(row: $0, needs: needs[$0.value("id")] ?? []) }
    }

    package static func find(_ id: ID, in transaction: Transaction) throws -> Queue? {
        try first("id = \(id)", in: transaction)
    }

    /// By its key, its number or its name, whatever a customer's page or a program uses; a retired one only if asked for.
    package static func find(
        named name: String, retired: Bool = false, in transaction: Transaction
    ) throws -> Queue {
        let inUse: SQL = "(is_retired = FALSE OR is_retired = \(retired))"
        let found =
            try first("key = \(name.lowercased()) AND \(inUse)", in: transaction)
            ?? ID(name).flatMap { try first("id = \($0) AND \(inUse)", in: transaction) }
            ?? first("lower(name) = \(name.lowercased()) AND \(inUse)", in: transaction)
        guard let found else { throw QueueRefusal.unknown(name) }
        return found
    }

    private static func first(_ condition: SQL, in transaction: Transaction) throws -> Queue? {
        guard let row = try transaction.row("SELECT \(columns) FROM queue WHERE \(condition)") else { return nil }
        let id: ID = try row.value("id")
        return try Queue(row: row, needs: steps("queue_id = \(id)", in: transaction)[id] ?? [])
    }

    private static func steps(_ condition: SQL, in transaction: Transaction) throws -> [ID: [Step]] {
        let rows = try transaction.rows(
            """
            SELECT queue_id, after, skill_id, level FROM queue_need WHERE \(condition) ORDER BY queue_id, after, skill_id
            """)
        var steps: [ID: [Step]] = [:]
        for row in rows {
            let queue: ID = try row.value("queue_id")
            let after: Duration = try row.value("after")
            let need = Need(skill: try row.value("skill_id"), level: try row.value("level"))
            if let last = steps[queue]?.last, last.after == after {
                steps[queue]?.removeLast()
                steps[queue]?.append(Step(after: after, needs: last.needs + [need]))
            } else {
                steps[queue, default: []].append(Step(after: after, needs: [need]))
            }
        }
        return steps
    }

    /// When the queue is open, as far as the next weeks go.
    package func hours(at now: Moment, in transaction: Transaction) throws -> OpeningHours {
        let stretches = try transaction.rows(
            """
            SELECT weekday, opens, closes FROM opening WHERE queue_id = \(id) ORDER BY weekday, opens
            """)
        let today = Day(now)
        let holidays = try transaction.rows(
            """
            SELECT day, name FROM bank_holiday WHERE day >= \(today + -1) AND day <= \(today + 30)
            """)
        let closures = try transaction.rows(
            """
            SELECT starts_at, ends_at, message, queue_id FROM closure
            WHERE ends_at > \(now) AND (queue_id IS NULL OR queue_id = \(id)) ORDER BY starts_at
            """)
        return OpeningHours(
            zone: zone,
            stretches: try stretches.map {
                .init(weekday: try $0.value("weekday"), opens: try $0.value("opens"), closes: try $0.value("closes"))
            },
            holidays: Dictionary(
                try holidays.map { (try $0.value("day", as: Day.self), try $0.value("name", as: String.self)) },
                uniquingKeysWith: { first, _ in first }),
            closures: try closures.map {
                // What closes all queues is said in the language of the body.
                let isOwn = try $0.optional("queue_id", as: ID.self) != nil
                return .init(
                    from: try $0.value("starts_at"), until: try $0.value("ends_at"),
                    reason: .init(words: try $0.value("message"), language: isOwn ? language : Language.usual))
            })
    }

    /// How many wait here.
    package func waiting(in transaction: Transaction) throws -> Int {
        try transaction.row(
            """
            SELECT COUNT(*) AS n FROM contact WHERE queue_id = \(id) AND \(Contact.isWaiting)
            """)?.value("n") ?? 0
    }
}
