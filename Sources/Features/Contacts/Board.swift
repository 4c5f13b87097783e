import People
import Routing
import Values

/// What a room watches: the queues, teams and places as they stand now, and what today came to.
struct Board: Encodable, Sendable {
    let at: Moment
    let day: Day
    /// In seconds; the same for all queues, so that their figures add up.
    let target: Int
    let headline: Headline
    let total: Line
    let queues: [Line]
    /// Those with somebody at work or an answer today, largest first, and no more than fit on a wall.
    let teams: [Line]
    let places: [Line]
    let advisers: Advisers
    let curve: [Quarter]
    let help: [Help]

    /// The one figure, with its formula's name.
    struct Headline: Encodable, Sendable {
        let name: String
        let value: Double?

        private enum Key: String, CodingKey { case name, value }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(name, forKey: .name)
            try container.encode(value, forKey: .value)
        }
    }

    /// One queue, team or place.
    ///
    /// A queue counts all contacts that came into it today, and the advisers who have its skills; its occupancy is of
    /// the time that `Occupancy` shares out to it. A team and a place count what their advisers answered: nobody waits or
    /// gives up in a team, so those that wait are the offers its advisers have not taken yet.
    struct Line: Encodable, Sendable {
        let id: Int64?
        let name: String
        /// What a queue's name is written in.
        let language: String?
        let waiting: Int
        let longestWaitSeconds: Int?
        let offered, answered, answeredInTarget, abandoned, abandonedInTarget, turnedAway: Int
        let averageSpeedOfAnswerSeconds: Int?
        let handlingTimeSeconds: Int?
        let occupancy: Double?
        let serviceLevel: ServiceLevel
        let available, busy, wrapUp, onBreak: Int

        init(
            id: Int64? = nil, name: String, language: String? = nil, _ tally: Tally?, _ waiting: Waiting?,
            _ staff: Staff?,
            _ time: WorkTime? = nil,
            at now: Moment
        ) {
            let tally = tally ?? Tally(), staff = staff ?? Staff()
            self.id = id
            self.name = name
            self.language = language
            self.waiting = waiting?.count ?? 0
            longestWaitSeconds = waiting.map { max(0, Int((now - $0.since).inSeconds)) }
            offered = tally.counts.offered
            answered = tally.counts.answered
            answeredInTarget = tally.counts.answeredInTarget
            abandoned = tally.counts.abandoned
            abandonedInTarget = tally.counts.abandonedInTarget
            turnedAway = tally.counts.turnedAway
            averageSpeedOfAnswerSeconds = tally.averageSpeedOfAnswer.map { Int($0.inSeconds.rounded()) }
            handlingTimeSeconds = tally.handlingTime.map { Int($0.inSeconds.rounded()) }
            occupancy = time?.occupancy
            serviceLevel = tally.serviceLevel
            available = staff[.idle]
            busy = staff[.handling]
            wrapUp = staff[.wrapUp]
            onBreak = staff[.onBreak]
        }
    }

    /// How many advisers do what, and where they are who are at work.
    struct Advisers: Encodable, Sendable {
        let byStatus: ByStatus
        let byPlace: ByPlace

        struct ByStatus: Encodable, Sendable {
            let available, busy, wrapUp, onBreak, training, missed, offline: Int

            private enum CodingKeys: String, CodingKey {
                case available, busy, wrapUp, onBreak = "break", training, missed, offline
            }
        }

        struct ByPlace: Encodable, Sendable { let home, office, touchdown: Int }
    }

    /// What became of those who came in one quarter of an hour.
    struct Quarter: Encodable, Sendable {
        let start: String
        let offered, answered, abandoned, answeredInTarget: Int
        let serviceLevel: Double?
    }

    /// An adviser who has asked a team leader to look in.
    struct Help: Encodable, Sendable {
        let contact: Contact.ID
        let adviser, queue: String
        /// What the queue's name is written in.
        let language: String
        let since: Moment
    }
}

/// How many wait, and since when the first of them.
struct Waiting: Equatable, Sendable {
    var count: Int
    var since: Moment
}

/// How many advisers do what.
struct Staff: Equatable, Sendable {
    private var counts: [Desk.Doing: Int] = [:]

    subscript(doing: Desk.Doing) -> Int {
        get { counts[doing] ?? 0 }
        set { counts[doing] = newValue }
    }

    /// All who are at work, whatever they do.
    var present: Int { counts.reduce(0) { $1.key == .offline || $1.key == .lineLost ? $0 : $0 + $1.value } }
}
