import NIOCore
import Foundation
import People
import Storage
import TestKit
import Testing
import Values
@testable import Web

@testable import Contacts

@Suite struct DeskRevisionTests {
    private typealias Step = (name: String, act: @Sendable (House) async throws -> Void)

    /// Everything that changes what Amina's desk shows, each after the one before.
    private static let steps: [Step] = [
        ("she comes", { try await $0.come() }),
        ("an offer", { _ = try await $0.offer(try await $0.arrived("One", nil)) }),
        ("she accepts", { house in try await house.accept(1) }),
        (
            "she asks for help",
            { house in
                let now = house.clock.now
                try await house.store.write {
                    try Contact.held(1, by: Person.amina.id, in: $0).askForHelp(by: Person.amina.id, at: now, in: $0)
                }
            }
        ),
        ("the customer ends", { try await $0.end(1) }),
        ("she wraps up", { try await $0.wrapUp(1) }),
        ("another offer", { _ = try await $0.offer(try await $0.arrived("Two", nil)) }),
        (
            "she refuses",
            { house in
                let now = house.clock.now
                try await house.store.write {
                    try Offer.refuse(2, by: Person.amina.id, because: "I know her", at: now, in: $0)
                }
            }
        ),
        ("the same again", { _ = try await $0.offer(2) }),
        (
            "she misses it",
            { house in
                let isMissed = try await house.miss(2)
                #expect(isMissed)
            }
        ),
        ("she is back", { try await $0.come() }),
        ("an offer that is left", { _ = try await $0.offer(2) }),
        ("the customer leaves", { try await $0.end(2) }),
        ("she takes one more", { _ = try await $0.answered("Three") }),
        (
            "and hands it on",
            { house in
                let now = house.clock.now
                try await house.store.write { transaction in
                    guard let queue = try Queue.find(House.queue, in: transaction) else {
                        throw QueueRefusal.unknown("1")
                    }
                    try Contact.held(3, by: Person.amina.id, in: transaction).transfer(
                        to: queue, note: nil, by: Person.amina.id, at: now, in: transaction)
                }
            }
        ),
        ("a break", { try await $0.come(status: .onBreak, reason: "Lunch") }),
    ]

    @Test(arguments: Engine.available)
    func `whatever changes a desk raises its revision, and its live view tells it`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let reader = DeskReader(person: .amina, seen: Seen(""))
            var before = -1, told = try await Self.look(reader, house)
            for step in Self.steps {
                try await step.act(house)
                house.clock.wait(.seconds(1))
                let revision = try await house.store.read { try DeskRevision.of(Person.amina.id, in: $0) }
                #expect(try #require(revision) > before, "\(step.name)")
                before = revision ?? before
                told = try await Self.look(reader, house)
                #expect(told.hasPrefix("event: desk\n"), "\(step.name)")
            }
            told = try await Self.look(reader, house)
            #expect(told.isEmpty, "nothing has happened since")
        }
    }

    @Test(arguments: Engine.available)
    func `a transaction that fails raises nothing`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            let before = try await house.store.read { try DeskRevision.of(Person.amina.id, in: $0) }
            await #expect(throws: ContactRefusal.offerGone) { try await house.accept(99) }
            await #expect(throws: ContactRefusal.unknown) {
                try await house.store.write { transaction in
                    try DeskRevision.raise(Person.amina.id, in: transaction)
                    throw ContactRefusal.unknown
                }
            }
            #expect(try await house.store.read { try DeskRevision.of(Person.amina.id, in: $0) } == before)
        }
    }

    @Test(arguments: Engine.available)
    func `a desk without news is told messages alone, and after a minute everything is looked at`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            let id = try await house.answered("One")
            let reader = DeskReader(person: .amina, seen: Seen(""))
            #expect(try await Self.look(reader, house).hasPrefix("event: desk\n"))
            try await house.store.write {
                try $0.run("INSERT INTO said (contact_id, number, text) VALUES (\(id), 1, 'Hello')")
            }
            let message = try await Self.look(reader, house)
            #expect(message.hasPrefix("event: message\nid: \(id):1\n") && !message.contains("event: desk"))

            // A name that a planner changes rings nobody.
            try await house.store.write { try $0.run("UPDATE queue SET name = 'Renamed'") }
            house.clock.wait(.seconds(59))
            #expect(try await Self.look(reader, house).isEmpty)
            house.clock.wait(.seconds(1))
            #expect(try await Self.look(reader, house).contains("Renamed"))
        }
    }

    @Test(arguments: Engine.available)
    func `a desk that comes back is told what it has not seen`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            let id = try await house.answered("One")
            try await house.store.write { transaction in
                for number in 1...3 {
                    try transaction.run("INSERT INTO said (contact_id, number, text) VALUES (\(id), \(number), 'x')")
                }
            }
            let whole = try await Self.look(DeskReader(person: .amina, seen: Seen("")), house)
            let rest = try await Self.look(DeskReader(person: .amina, seen: Seen("\(id):2,77:5")), house)
            #expect(whole.components(separatedBy: "event: message").count == 4)
            #expect(rest.components(separatedBy: "event: message").count == 2 && rest.contains("id: \(id):3\n"))
        }
    }

    @Test func `whatever is said as the last event is read, and read again as the same`() {
        var chance = SeededChance(seed: 5)
        let pieces = ["17", ":", ",", "5", "-1", " ", "x", "9223372036854775808", "٣", "\u{0}", "1:1,2:2", "é", "::"]
        for _ in 0..<3_000 {
            let text = (0..<chance.below(12)).map { _ in pieces[chance.below(pieces.count)] }.joined()
            let seen = Seen(text)
            #expect(seen.numbers.allSatisfy { $0.key.number > 0 && $0.value >= 0 }, "\(text)")
            #expect(Seen(seen.description).numbers == seen.numbers, "\(text)")
        }
        #expect(Seen((1...500).map { "\($0):1" }.joined(separator: ",")).numbers.count == 100)
    }

    private static func look(_ reader: DeskReader, _ house: House) async throws -> String {
        let now = house.clock.now, conversations = house.contacts.conversations
        let events = try await house.store.read { try reader.look(conversations, at: now, in: $0) }
        return String(buffer: Event.joined(events))
    }
}
