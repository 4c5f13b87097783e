import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct ObservationsTests {
    private func observations(
        _ house: House, _ days: ClosedRange<Day> = Cast.monday...Cast.monday + 2
    ) async throws -> Observations {
        try await house.store.read { try Observations.read(days, in: $0) }
    }

    @Test(arguments: Engine.available)
    func `conversations, wrap-ups and waits are measured by queue`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            for (talk, wrapUp) in [(100, 20), (300, 20)] as [(Int64, Int64)] {
                let id = try await house.arrived("Somebody", nil)
                house.clock.wait(.seconds(30))
                let offer = try await house.offer(id)
                house.clock.wait(.seconds(4))
                try await house.accept(offer)
                house.clock.wait(.seconds(talk))
                try await house.end(id)
                house.clock.wait(.seconds(wrapUp))
                try await house.wrapUp(id)
            }
            let tired = try await house.arrived("Somebody tired", nil)
            house.clock.wait(.seconds(90))
            try await house.end(tired)

            let seen = try await observations(house)
            #expect(seen.queues.map(\.name) == ["Self Assessment"])
            let queue = try #require(seen.queues.first)
            #expect(queue.handling == .init(count: 2, mean: .seconds(200), variation: 0.5))
            #expect(queue.wrapUp == .init(count: 2, mean: .seconds(20), variation: 0))
            #expect(queue.hungUp == 1)
            // Twice 34 seconds of waiting, and the 90 of the one who went.
            #expect(queue.waited == .seconds(158) && queue.patience == .seconds(158))
            #expect(seen.places.map(\.answering) == [.init(count: 2, mean: .seconds(4), variation: 0)])
            #expect(seen.places.map(\.offers) == [2] && seen.places.map(\.missed) == [0])
        }
    }

    @Test(arguments: Engine.available)
    func `missed offers and lost lines are measured by place, a night away from the desk is no drop`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            let id = try await house.arrived("Somebody", nil)
            _ = try await house.offer(id)
            house.clock.wait(.seconds(20))
            #expect(try await house.miss(id))
            house.clock.wait(.seconds(70))
            try await house.come()
            house.clock.wait(.minutes(28) + .seconds(30))
            // Half an hour after she came her line is lost, for two minutes; an hour later for six.
            for away in [2, 6] as [Int64] {
                try await house.loseLine()
                house.clock.wait(.minutes(away))
                try await house.come()
                house.clock.wait(.hours(1))
            }
            // She closes the lid in the evening and opens it the next morning: midnight cuts that in two.
            try await house.loseLine()
            house.clock.wait(.hours(20))
            try await house.come()

            let seats = try #require(try await observations(house).places.first)
            #expect(seats.place == .home)
            #expect(seats.offers == 1 && seats.missed == 1 && seats.refused == 0)
            #expect(seats.missedPause?.mean == .seconds(70))
            #expect(seats.drops == .init(count: 2, mean: .minutes(4), variation: 0.5))
            #expect(seats.goneForGood == 1)
            #expect(seats.present == .minutes(150) && seats.dropsEvery == .minutes(75))
        }
    }

    @Test(arguments: Engine.available)
    func `other days are left out`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            let id = try await house.answered("Somebody")
            house.clock.wait(.minutes(5))
            try await house.end(id)
            let before = try await observations(house, Cast.monday + -3...Cast.monday + -1)
            #expect(before == Observations(queues: [], places: []))
            #expect(try await observations(house).queues.count == 1)
        }
    }
}

extension House {
    /// Nothing is heard from Amina's desk any more.
    fileprivate func loseLine() async throws {
        let now = clock.now
        try await store.write { transaction in
            let desk = try #require(try Desk.find(Person.amina.id, in: transaction))
            try desk.fall(to: .lineLost, at: now, in: transaction)
        }
    }
}
