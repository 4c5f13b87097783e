import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct QuarterCountTests {
    @Test(arguments: Engine.available)
    func `who came is counted by the quarter of an hour, and quarters without anybody are there`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let quarters = try await house.store.write { transaction in
                for number in [1, 2, 16] {
                    guard let queue = try Queue.find(House.queue, in: transaction) else { continue }
                    try Contact.turnAway(
                        by: .chat, from: queue, at: Cast.morning + .minutes(Int64(number)), in: transaction)
                }
                return try Contacts.quarters(of: Cast.monday, queue: nil, in: transaction)
            }
            let first = Span.quarterStart(of: Cast.morning + .minutes(1))
            let busy = quarters.filter { $0.came > 0 }
            #expect(quarters.count == 96)
            #expect(busy.map(\.start) == [first, first + .minutes(15)])
            #expect(busy.map(\.came) == [2, 1])
            #expect(busy.allSatisfy { $0.handled == 0 && $0.work == .zero })
            let day = try await house.store.read { try Contacts.quarters(of: Cast.monday + 1, queue: nil, in: $0) }
            #expect(day.allSatisfy { $0.came == 0 })
        }
    }

    @Test func `a queue that is not there is refused`() async throws {
        try await House.run(on: .sqlite) { house in
            await #expect(throws: QueueRefusal.self) {
                try await house.store.read { try Contacts.quarters(of: Cast.monday, queue: "no such", in: $0) }
            }
        }
    }
}
