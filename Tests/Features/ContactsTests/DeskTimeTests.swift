import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct DeskTimeTests {
    /// `handling home 60`: what she did, where, for how many seconds.
    private func stretches(_ house: House) async throws -> [String] {
        try await house.store.read { transaction in
            try transaction.rows(
                "SELECT doing, place, reason, milliseconds FROM desk_time WHERE adviser_id = 1 ORDER BY from_at, until_at"
            ).map { row in
                let reason: String? = try row.optional("reason")
                let seconds = try row.value("milliseconds", as: Int.self) / 1_000
                return [
                    try row.value("doing", as: String.self), try row.value("place", as: String.self), reason,
                    "\(seconds)",
                ].compactMap(\.self).joined(separator: " ")
            }.filter { !$0.hasSuffix(" 0") }
        }
    }

    @Test(arguments: Engine.available)
    func `her time is what she did, by the place and the reason of then, and work comes first`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await house.come(place: .home)
            house.clock.wait(.seconds(10))
            let id = try await house.answered("One")
            house.clock.wait(.seconds(60))
            // On a break with a contact at her desk she still handles it.
            try await house.come(status: .onBreak, reason: "Lunch", place: .home)
            house.clock.wait(.seconds(5))
            try await house.end(id)
            house.clock.wait(.seconds(7))
            try await house.wrapUp(id)
            house.clock.wait(.seconds(30))
            try await house.come(place: .office)
            house.clock.wait(.seconds(20))
            try await house.come(status: .offline, place: .office)
            // Being offline is nobody's business.
            house.clock.wait(.hours(1))
            try await house.come(place: .touchdown)
            #expect(
                try await stretches(house) == [
                    "idle home 10", "handling home 60", "handling home Lunch 5", "wrap_up home Lunch 7",
                    "break home Lunch 30", "idle office 20",
                ])
        }
    }

    @Test(arguments: Engine.available)
    func `a stretch is cut at midnight, and the parts add up`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            // Nine in the morning in London in November is nine by UTC: fifteen hours to midnight.
            house.clock.wait(.hours(15 + 24 + 2))
            try await house.come(status: .offline)
            #expect(try await stretches(house).map { $0 } == ["idle home 54000", "idle home 86400", "idle home 7200"])
            let sums = try await house.store.read { transaction in
                try (0...2).map { day in
                    try Span(of: Cast.monday + day).quarters.map {
                        try TimeCounts.read($0, in: transaction).total.idle.inSeconds
                    }.reduce(0, +)
                }
            }
            #expect(sums == [54_000, 86_400, 7_200])
        }
    }

    @Test(arguments: Engine.available)
    func `two contacts at once are one time of handling`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            let one = try await house.answered("One")
            house.clock.wait(.seconds(10))
            let two = try await house.answered("Two")
            house.clock.wait(.seconds(10))
            try await house.end(one)
            house.clock.wait(.seconds(10))
            try await house.end(two)
            house.clock.wait(.seconds(10))
            try await house.wrapUp(one)
            try await house.wrapUp(two)
            #expect(try await stretches(house) == ["handling home 30", "wrap_up home 10"])
        }
    }
}
