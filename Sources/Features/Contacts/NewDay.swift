import Logging
import People
import ServiceLifecycle
import Storage
import Values

/// Brings to the router, at midnight by the body's clock, what begins or ends that day: skills and employment.
struct NewDay: Service {
    /// So long after midnight, at the most, it is known.
    private static let interval = Duration.seconds(10)

    let store: Store
    let now: @Sendable () -> Moment
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var last: Day?
            while true {
                do {
                    last = try await look(since: last)
                } catch {
                    logger.error("The new day could not be begun", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: NewDay.interval)
            }
        }
    }

    /// Begins the day, unless it is the one that was begun last, and says which was.
    func look(since last: Day?) async throws -> Day? {
        let now = now(), today = Day(now)
        // One server does it, if there are several; should it stop, another begins the day once more.
        guard last != today, try await store.hold("new day") else { return last }
        try await store.write { try NewDay.begin(today, since: last ?? today + -1, at: now, in: $0) }
        return today
    }

    /// Lets everyone at work follow whose skills or employment begin or end after the one day and up to the other.
    static func begin(_ today: Day, since last: Day, at now: Moment, in transaction: Transaction) throws {
        let rows = try transaction.rows(
            """
            SELECT desk.adviser_id FROM desk JOIN person ON person.id = desk.adviser_id
            WHERE desk.status <> 'offline' AND (person.left_on <= \(today) OR EXISTS
                (SELECT 1 FROM person_skill WHERE person_skill.person_id = desk.adviser_id
                    AND (person_skill.from_day > \(last) AND person_skill.from_day <= \(today)
                        OR person_skill.until_day > \(last) AND person_skill.until_day <= \(today))))
            ORDER BY desk.adviser_id
            """)
        let act = Act(by: nil, at: now)
        for row in rows { try Contacts.skillsChanged(try row.value("adviser_id"), by: act, in: transaction) }
    }
}
