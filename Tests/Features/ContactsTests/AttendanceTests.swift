import Logging
import People
import Storage
import Synchronization
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct AttendanceTests {
    @Test(arguments: Engine.available)
    func `who has a line up or did something is there, and whose line is lost is found`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let presence = house.contacts.presence
            for person in [Person.amina, .bram, .iolo] { try await house.come(person) }
            presence.open(Person.amina.id)
            presence.open(Person.amina.id)
            presence.close(Person.amina.id)
            presence.use(Person.bram.id)
            house.clock.wait(.seconds(60))
            try await presence.look()
            house.clock.wait(.seconds(60))
            try await presence.look()
            #expect(
                try await statuses(house) == [.available, .available, .lineLost], "Iolo was silent for two minutes")
            house.clock.wait(.seconds(60))
            try await presence.look()
            #expect(try await statuses(house) == [.available, .lineLost, .lineLost], "Bram did nothing since")
            presence.close(Person.amina.id)
            try await presence.look()
            house.clock.wait(Presence.patience)
            try await presence.look()
            #expect(try await statuses(house) == [.available, .lineLost, .lineLost], "just about in time")
            house.clock.wait(.milliseconds(1))
            try await presence.look()
            #expect(try await statuses(house) == [.lineLost, .lineLost, .lineLost])
        }
    }

    @Test(arguments: Engine.available)
    func `nobody is missed for a time in which nothing could be written down`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            // Bram's line is open at another server, which has been as cut off as this one.
            let (here, there) = (
                house.contacts.presence,
                Attendance<Presence>(
                    store: house.store, now: { house.clock.now }, logger: Logger(label: "test"))
            )
            for person in [Person.amina, .bram] { try await house.come(person) }
            here.open(Person.amina.id)
            there.open(Person.bram.id)
            for server in [here, there] { try await server.look() }
            house.clock.wait(.seconds(120))
            for server in [here, there] { try await server.look(afterGap: true) }
            #expect(try await statuses(house).prefix(2) == [.available, .available])
            // The other server is gone for good.
            for _ in 0..<10 {
                house.clock.wait(.seconds(10))
                try await here.look()
            }
            #expect(try await statuses(house).prefix(2) == [.available, .lineLost])
        }
    }

    private func statuses(_ house: House) async throws -> [Desk.Status?] {
        var statuses: [Desk.Status?] = []
        for person in [Person.amina, .bram, .iolo] { statuses.append(try await house.desk(of: person)?.status) }
        return statuses
    }

    /// Guests of a test, whose list cannot be written now and then.
    private enum Guests: Attended {
        static let list = Mutex<(isBroken: Bool, noted: [[Int]])>((true, []))
        struct Broken: Error {}

        static let interval = Duration.seconds(1)
        static func begin(at now: Moment, in transaction: Transaction) throws {}
        static func miss(at now: Moment, in transaction: Transaction) throws {}
        static func note(_ some: [Int], at now: Moment, in transaction: Transaction) throws {
            try list.withLock { list in
                if list.isBroken { throw Broken() }
                list.noted.append(some)
            }
        }
    }

    @Test func `what could not be written down is written down next time, in portions`() async throws {
        try await withStore(on: .sqlite) { store in
            let guests = Attendance<Guests>(store: store, now: { Cast.morning }, logger: Logger(label: "test"))
            for number in 0..<1_200 { guests.use(number) }
            await #expect(throws: Guests.Broken.self) { try await guests.look() }
            guests.use(1_200)
            Guests.list.withLock { $0.isBroken = false }
            try await guests.look()
            try await guests.look()
            let noted = Guests.list.withLock { $0.noted }
            #expect(noted.map(\.count) == [500, 500, 201])
            #expect(noted.flatMap(\.self) == Array(0...1_200), "each once, and not again when nothing was done since")
        }
    }
}
