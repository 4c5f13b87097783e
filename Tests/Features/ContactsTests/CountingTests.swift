import Logging
import People
import Routing
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

/// What happened to one entry of a queue, as a slow recount sees it.
private struct Happening: Sendable {
    let queue: Identifier<Routing.Queue>
    let enteredAt: Moment
    let kind: ContactEvent.Kind
    let lasting: Duration
    let team: Team.ID?
    let place: Place?
}

@Suite struct CountingTests {
    @Test(arguments: Engine.available)
    func `figures from random histories equal a slow recount`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: People.migrations + Contacts.migrations) { store in
            let queues = try await store.write { transaction in
                try Cast.insert(in: transaction)
                return try ["one", "two"].map {
                    try QueueDraft(key: $0, name: $0).insert(by: Act(by: nil, at: Cast.morning), in: transaction)
                }
            }
            var chance = SeededChance(seed: 7)
            let happenings = (0..<600).map { _ in Self.happening(queues, &chance) }
            try await store.write { try Self.write(happenings, in: $0) }
            for _ in 0..<20 {
                let start = Cast.morning + .minutes(Int64.random(in: -600...600, using: &chance))
                let span = Span(start: start, end: start + .minutes(Int64.random(in: 1...900, using: &chance)))
                let queue = [nil, queues[0]][Int.random(in: 0..<2, using: &chance)]
                let target = Duration.seconds(Int64.random(in: 1...600, using: &chance))
                let counted = try await store.read {
                    try Tally.read(span, queue: queue, target: target, in: $0)
                }
                #expect(counted == Self.recount(happenings, span, queue, target))
                try await Self.expectSamePast(happenings, span, queue, target, in: store)
            }
            try await Self.expectSameBoard(happenings, queues, in: store)
        }
    }

    /// Days that are over come to the same before and after they have been counted.
    private static func expectSamePast(
        _ happenings: [Happening], _ span: Span, _ queue: Identifier<Routing.Queue>?, _ target: Duration,
        in store: Store
    ) async throws {
        let past = PastDays(store: store, now: { Cast.morning + .days(3) }, logger: Logger(label: "test"))
        let quarters = Span(start: Span.quarterStart(of: span.start), end: Span.quarterStart(of: span.end))
        for isCounted in [false, true] {
            if isCounted { try await past.count() }
            for asked in [span, quarters, Span(of: Cast.monday)] {
                let counted = try await store.read {
                    try past.tally(asked, queue: queue, target: target, in: $0)
                }
                #expect(counted == recount(happenings, asked, queue, target))
            }
        }
    }

    /// The board's own way of counting, remembered from one look to the next, finds the same.
    private static func expectSameBoard(
        _ happenings: [Happening], _ queues: [Identifier<Routing.Queue>], in store: Store
    ) async throws {
        let today = Span(of: Cast.monday)
        let evening = today.end - .minutes(1)
        let (first, second) = try await store.read { transaction in
            var memory = BoardMemory()
            let first = try memory.contacts.count(today, until: evening, open: [], in: transaction)
            return (first, try memory.contacts.count(today, until: evening, open: [], in: transaction))
        }
        let slow = recount(happenings, today, nil, ServiceLevel.promise)
        #expect(first.total == slow && second.total == slow)
        for queue in queues {
            #expect(second.queues[queue] ?? Tally() == recount(happenings, today, queue, ServiceLevel.promise))
        }
        let home = happenings.filter { $0.place == .home }
        #expect(second.places[.home] ?? Tally() == recount(home, today, nil, ServiceLevel.promise))
        let blue = happenings.filter { $0.team == Team.blue.id }
        #expect(second.teams[Team.blue.id] ?? Tally() == recount(blue, today, nil, ServiceLevel.promise))
    }

    private static func happening(_ queues: [Identifier<Routing.Queue>], _ chance: inout SeededChance) -> Happening {
        let kinds: [ContactEvent.Kind] = [
            .entered, .answered, .answered, .abandoned, .turnedAway, .handled, .wrappedUp, .requeued, .resumed, .gaveUp,
        ]
        let kind = kinds[Int.random(in: 0..<kinds.count, using: &chance)]
        let isOfAdviser = [.answered, .handled, .wrappedUp, .requeued, .resumed].contains(kind)
        return Happening(
            queue: queues[Int.random(in: 0..<queues.count, using: &chance)],
            enteredAt: Cast.morning + .seconds(Int64.random(in: -60_000...60_000, using: &chance)), kind: kind,
            lasting: .milliseconds(Int64.random(in: 0...700_000, using: &chance)),
            team: isOfAdviser ? [nil, Team.blue.id, Team.green.id][Int.random(in: 0..<3, using: &chance)] : nil,
            place: isOfAdviser ? Place.allCases[Int.random(in: 0..<3, using: &chance)] : nil)
    }

    private static func write(_ happenings: [Happening], in transaction: Transaction) throws {
        for (index, one) in happenings.enumerated() {
            let id: Identifier<Routing.Contact> = try transaction.insert(
                """
                INSERT INTO contact (channel, queue_id, customer_name, state, priority, arrived_at, entered_at, ended_at)
                VALUES ('chat', \(one.queue), 'C', 'ended', 0, \(one.enteredAt), \(one.enteredAt), \(one.enteredAt))
                RETURNING id
                """)
            try transaction.run(
                """
                INSERT INTO contact_event
                    (contact_id, number, at, kind, queue_id, team_id, place, entered_at, milliseconds)
                VALUES (\(id), \(index), \(one.enteredAt + one.lasting), \(one.kind), \(one.queue), \(one.team),
                    \(one.place), \(one.enteredAt), \(one.lasting))
                """)
        }
    }

    /// One by one, in plain code, sharing nothing with what it checks but the shape of the answer.
    private static func recount(
        _ all: [Happening], _ span: Span, _ queue: Identifier<Routing.Queue>?, _ target: Duration
    ) -> Tally {
        var tally = Tally()
        for one in all
        where one.enteredAt >= span.start && one.enteredAt < span.end && (queue ?? one.queue) == one.queue {
            if one.kind == .answered {
                tally.counts.answered += 1
                tally.answerWait += one.lasting
                if one.lasting <= target { tally.counts.answeredInTarget += 1 }
            } else if one.kind == .abandoned {
                tally.counts.abandoned += 1
                if one.lasting <= target { tally.counts.abandonedInTarget += 1 }
            } else if one.kind == .turnedAway {
                tally.counts.turnedAway += 1
            } else if one.kind == .handled {
                tally.handled += 1
                tally.work += one.lasting
            } else if one.kind == .wrappedUp || one.kind == .requeued {
                tally.work += one.lasting
            }
        }
        return tally
    }
}
