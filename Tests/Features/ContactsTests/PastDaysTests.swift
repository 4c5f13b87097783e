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
        try await house.store.write { transaction in
            for number in 1...3 {
                let queue = try Queue.find(House.queue, in: transaction)
                guard let queue else { return }
                try Contact.turnAway(
                    by: .chat, from: queue, at: Cast.morning + .minutes(Int64(number)), in: transaction)
            }
        }
        let past = PastDays(store: house.store, now: { Cast.morning + .days(2) }, logger: Logger(label: "test"))
        try await past.count()
        try await house.store.write { try $0.run("DELETE FROM contact_event") }
        return try await house.store.read {
            try past.tally(Span(of: Cast.monday), queue: nil, target: ServiceLevel.promise, in: $0)
        }.counts.turnedAway
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
}
