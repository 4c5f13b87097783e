import Contacts
import HTTPTypes
import NIOCore
import People
import Storage
import TestKit
import Testing
import Values

@testable import Chat
@testable import Web

@Suite struct TalkReaderTests {
    /// What a live view is told now, and whether that was the last.
    private func look(_ reader: TalkReader, _ house: House) async throws -> (told: String, isLast: Bool) {
        let now = house.clock.now
        switch try await house.store.read({ try reader.look(at: now, in: $0) }) {
        case .events(let events): return (String(buffer: Event.joined(events)), false)
        case .last(let events): return (String(buffer: Event.joined(events)), true)
        }
    }

    /// The numbers of the messages told, in order.
    private func numbers(_ told: String) -> [Int] {
        told.matches(of: /event: message\nid: (\d+)\n/).compactMap { Int($0.1) }
    }

    @Test(arguments: Engine.available)
    func `numbers are masked in what is said, the reference stays`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let json =
                #"{"queue":"self-assessment","name":"Zelda","message":"I am QQ123456C","reference":"QQ123456C"}"#
            let answer = try await house.ask(.post, "/api/v1/chats", as: nil, json: json).body
            #expect(answer.contains(#""reference":"QQ123456C""#))
            #expect(answer.contains(#""estimatedWaitSeconds":null"#), "no adviser is there")
            let said = try await house.store.read { try Message.all(of: 1, in: $0).map(\.text) }
            #expect(said == ["I am •••••••••"])
        }
    }

    @Test(arguments: Engine.available)
    func `messages come once, in order, after the last one that was seen`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin()
            for text in ["Two", "Three"] { try await house.say(text, with: key) }
            let reader = TalkReader(id: key.id, for: .customer, after: 1)
            let first = try await look(reader, house)
            #expect(numbers(first.told) == [2, 3] && first.told.contains("event: chat\n") && !first.isLast)
            #expect(try await look(reader, house).told.isEmpty)
            try await house.say("Four", with: key)
            let second = try await look(reader, house)
            #expect(numbers(second.told) == [4])
            #expect(
                numbers(try await look(TalkReader(id: key.id, for: .customer, after: -7), house).told) == [1, 2, 3, 4])
            #expect(numbers(try await look(TalkReader(id: key.id, for: .customer, after: .max), house).told) == [])
        }
    }

    @Test(arguments: Engine.available)
    func `a place in the queue, an answer and typing are told when they change and not again`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let first = try await house.begin("First"), second = try await house.begin("Second")
            let reader = TalkReader(id: second.id, for: .customer, after: 1)
            #expect(try await look(reader, house).told.contains(#""position":2"#))
            #expect(try await look(reader, house).told.isEmpty)
            _ = try await house.ask(.post, "/ending", with: first)
            #expect(try await look(reader, house).told.contains(#""position":1"#), "nothing of its own has changed")

            try await house.answer(second.id)
            let answered = try await look(reader, house)
            #expect(answered.told.contains(#""status":"active""#) && answered.told.contains("Amina de Vries"))
            #expect(try await look(reader, house).told.isEmpty)

            _ = try await house.ask(
                .post, "/api/v1/chats/\(second.id)/typing", as: .amina, json: "{}")
            #expect(try await look(reader, house).told.contains(#""adviserIsTyping":true"#))
            house.clock.wait(.seconds(6))
            #expect(try await look(reader, house).told.contains(#""adviserIsTyping":false"#), "it wears off by itself")
            #expect(try await look(reader, house).told.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `after the end comes nothing, and of a long chat the end waits for all that was said`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin(), now = house.clock.now
            try await house.store.write { transaction in
                for number in 2...1_500 {
                    _ = try Message.say(
                        "\(number)", in: key.id, by: .customer, name: "Z", clientId: nil, at: now,
                        transaction: transaction)
                }
            }
            _ = try await house.ask(.post, "/ending", with: key)
            let reader = TalkReader(id: key.id, for: .customer, after: 0)
            let some = try await look(reader, house)
            #expect(numbers(some.told) == Array(1...1_000) && !some.isLast)
            let rest = try await look(reader, house)
            #expect(numbers(rest.told) == Array(1_001...1_501) && rest.isLast)
            #expect(some.told.contains(#""status":"ended""#), "the state is told with the first of it")
        }
    }
}
