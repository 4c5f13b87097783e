import Routing
import Storage
import Values

/// How fast the queues move, as far as the tables have been told: what a customer's estimate is made of.
struct Paces: Sendable {
    private var told: [Queue.ID: Duration?] = [:]
    private var due = Moment.earliest

    /// At most once in so long they are looked at.
    private static let interval = Duration.seconds(1)

    /// The paces that have changed clearly since they were told last.
    mutating func news(of picture: inout Picture, at now: Moment) -> [Queue.ID: Duration?] {
        guard now >= due else { return [:] }
        due = now + Paces.interval
        let news = picture.paces(at: now).filter { queue, pace in
            told[queue].map { Paces.differ($0, pace) } ?? true
        }
        told.merge(news) { _, new in new }
        return news
    }

    /// By a tenth and a second at least, or one is nothing or unknown and the other is not.
    static func differ(_ told: Duration?, _ pace: Duration?) -> Bool {
        guard let told, let pace else { return (told == nil) != (pace == nil) }
        guard told > .zero, pace > .zero else { return told != pace }
        let change = told > pace ? told - pace : pace - told
        return change > .seconds(1) && change > told / 10
    }

    static func store(_ news: [Queue.ID: Duration?], in transaction: Transaction) throws {
        for (queue, pace) in news.sorted(by: { $0.key < $1.key }) {
            // Those who wait read at once that somebody has come who can help, or that nobody is left.
            let waiting = try transaction.rows(
                """
                SELECT contact.id FROM contact JOIN queue ON queue.id = contact.queue_id
                WHERE queue.id = \(queue) AND \(Contact.isWaiting)
                    AND CASE WHEN queue.pace IS NULL THEN 1 ELSE 0 END <> \(pace == nil ? 1 : 0)
                """)
            for row in waiting { transaction.ring(.contact(try row.value("id"))) }
            try transaction.run("UPDATE queue SET pace = \(pace) WHERE id = \(queue)")
        }
    }
}
