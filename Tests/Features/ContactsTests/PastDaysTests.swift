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

    @Test(arguments: Engine.available, ["", "nonsense", "{}", #"{"contacts":[{}],"time":[]}"#])
    func `what was kept and cannot be read is counted again`(engine: Engine, kept: String) async throws {
        try await House.run(on: engine) { house in
            try await turnAway(3, in: house)
            #expect(try await turnedAwayAfterStart(in: house) == 3)
            try await house.store.write { try $0.run("UPDATE past_day SET counts = \(kept)") }
            #expect(try await turnedAwayAfterStart(in: house) == 3)
        }
    }
}
