import Logging
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

/// Which days are kept, shown by what is still known when their events are gone.
@Suite struct PastDaysTests {
    /// How many were turned away on Monday, by days that were counted on Wednesday.
    private func known(to house: House) async throws -> Int {
        try await turnAway(3, in: house)
        let past = PastDays(store: house.store, now: { Cast.morning + .days(2) }, logger: Logger(label: "test"))
        try await past.count()
        try await house.store.write { try $0.run("DELETE FROM contact_event") }
        return try await turnedAway(in: house, by: past)
    }

    private func turnAway(_ count: Int, in house: House) async throws {
        try await house.store.write { transaction in
            let queue = try #require(try Queue.find(House.queue, in: transaction))
            for number in 1...count {
                try Contact.turnAway(
                    by: .chat, from: queue, at: Cast.morning + .minutes(Int64(number)), in: transaction)
            }
        }
    }

    private func turnedAway(in house: House, by past: PastDays) async throws -> Int {
        try await house.store.read {
            try past.tally(Span(of: Cast.monday), queue: nil, target: ServiceLevel.promise, in: $0)
        }.counts.turnedAway
    }

    /// What a server that starts on Wednesday says of Monday.
    private func turnedAwayAfterStart(in house: House) async throws -> Int {
        let past = PastDays(store: house.store, now: { Cast.morning + .days(2) }, logger: Logger(label: "test"))
        try await past.count()
        return try await turnedAway(in: house, by: past)
    }

    @Test(arguments: Engine.available)
    func `a day that is over is known without its events`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let count = try await known(to: house)
            #expect(count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `a day is not kept while a contact of it is open`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.arrived("Zelda Quux", nil)
            let count = try await known(to: house)
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `a day is not kept while somebody's readiness of it goes on, but a lost line holds up nothing`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            let count = try await known(to: house)
            #expect(count == 0)
        }
        try await House.run(on: engine) { house in
            try await house.come()
            try await house.store.write { transaction in
                try transaction.run("UPDATE desk SET status = 'line_lost', doing = 'line_lost'")
            }
            let count = try await known(to: house)
            #expect(count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `a day that was counted once is not counted again after a start, unless its events are others`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await turnAway(3, in: house)
            #expect(try await turnedAwayAfterStart(in: house) == 3)
            // As many events as then, of another kind: what was kept still counts.
            try await house.store.write { try $0.run("UPDATE contact_event SET kind = 'abandoned'") }
            #expect(try await turnedAwayAfterStart(in: house) == 3)
            try await turnAway(1, in: house)
            #expect(try await turnedAwayAfterStart(in: house) == 1)
        }
    }

    @Test(
        arguments: Engine.available,
        ["", "nonsense", "c 1 answered 1 1 1", "c x answered 1 1 1 1", "t idle home x 1 1 "])
    func `what was kept and cannot be read is counted again`(engine: Engine, kept: String) async throws {
        try await House.run(on: engine) { house in
            try await turnAway(3, in: house)
            #expect(try await turnedAwayAfterStart(in: house) == 3)
            try await house.store.write { try $0.run("UPDATE past_day SET counts = \(kept)") }
            #expect(try await turnedAwayAfterStart(in: house) == 3)
        }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `a day is read as it was written`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        let contacts = (0..<Int.random(in: 0...40, using: &chance)).map { _ in
            PastDayCounts.Contacts(
                queue: Identifier(Int64.random(in: 1...9_999, using: &chance)),
                kind: [.answered, .abandoned, .turnedAway, .handled].randomElement(using: &chance)!,
                quarter: Cast.morning + .minutes(15 * Int64.random(in: 0...95, using: &chance)),
                events: .random(in: 0...5_000, using: &chance), lasting: .random(in: 0...1 << 40, using: &chance),
                waits: Bool.random(using: &chance) ? "" : "17 4000 \(chance.next() >> 40)")
        }
        let time = (0..<Int.random(in: 0...40, using: &chance)).map { _ in
            StretchCount(
                doing: [.idle, .handling, .wrapUp, .lineLost].randomElement(using: &chance)!,
                place: Place.allCases.randomElement(using: &chance)!,
                team: Bool.random(using: &chance) ? nil : Identifier(Int64.random(in: 1...9_999, using: &chance)),
                skills: Bool.random(using: &chance) ? .none : SkillProfile([Identifier(3): 4, Identifier(17): 1]),
                stretches: .random(in: 0...5_000, using: &chance), lasting: .random(in: 0...1 << 40, using: &chance))
        }
        let counts = PastDayCounts(contacts: contacts, time: time)
        #expect(PastDayCounts(text: counts.text) == counts)
    }
}
