import Contacts
import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values
import Web

@testable import Chat

/// The live view of a chat that has ended: it says what there is to say, and then its stream is over.
@Suite struct LiveRouteTests {
    private func numbers(_ told: String) -> [Int] {
        told.matches(of: /event: message\nid: (\d+)\n/).compactMap { Int($0.1) }
    }

    @Test(arguments: Engine.available)
    func `who comes back says what he has seen last, by the header or by the address, and is told the rest`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin()
            for text in ["Two", "Three"] { try await house.say(text, with: key) }
            _ = try await house.ask(.post, "/ending", with: key)
            func told(_ path: String, _ lastEvent: String? = nil) async throws -> [Int] {
                var headers: HTTPFields = [:]
                headers[.lastEventID] = lastEvent
                let answer = try await house.ask(.get, "/live\(path)", with: key, headers)
                #expect(answer.status == 200)
                #expect(answer.body.contains(#""status":"ended""#))
                return numbers(answer.body)
            }
            #expect(try await told("") == [1, 2, 3, 4])
            #expect(try await told("", "2") == [3, 4])
            #expect(try await told("?after=3") == [4])
            #expect(try await told("?after=1", "4") == [], "the header is younger than the address")
            var chance = SeededChance(seed: 9)
            let pieces = ["1", "-", "9223372036854775808", "٣", "x", ":", " ", ",", "2:1", "%00", "0"]
            for _ in 0..<60 {
                let text = (0..<1 + chance.below(4)).map { _ in pieces[chance.below(pieces.count)] }.joined()
                let known = Int(text).map { max(0, $0) } ?? 0
                #expect(
                    try await told("", text.contains(" ") ? nil : text)
                        == (text.contains(" ") ? [1, 2, 3, 4] : Array(1...4).filter { $0 > known }), "\(text)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a chat's stream is for its customer, its adviser and those who may read contacts`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin(), other = try await house.begin("Other Person")
            try await house.answer(key.id)
            _ = try await house.ask(.post, "/ending", with: key)
            let path = "/api/v1/chats/\(key.id)/live"
            for person in Cast.everybody {
                let expected = person == .amina || person.may(.readContacts)
                #expect(try await house.ask(.get, path, as: person).status == (expected ? 200 : 404), "\(person.name)")
            }
            #expect(try await house.ask(.get, path, as: nil).status == 404)
            let stranger = House.Key(id: key.id, token: other.token)
            #expect(try await house.ask(.get, "/live", with: stranger).status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func `a customer who is gone for too long has left, and one who is there has not`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let gone = try await house.begin("Gone"), there = try await house.begin("There")
            let talking = try await house.begin("Talking")
            try await house.answer(talking.id)
            house.visits.open(there.id)
            func look(after pause: Duration) async throws -> [String] {
                house.clock.wait(pause)
                try await house.visits.look()
                return try await house.store.read { transaction in
                    try [gone, there, talking].map { key in
                        try transaction.row("SELECT state FROM contact WHERE id = \(key.id)")?.value("state") ?? ""
                    }
                }
            }
            #expect(try await look(after: .zero) == ["waiting", "waiting", "active"])
            #expect(try await look(after: Visits.patienceWaiting) == ["waiting", "waiting", "active"])
            #expect(try await look(after: .milliseconds(1)) == ["ended", "waiting", "active"])
            house.visits.close(there.id)
            #expect(try await look(after: .minutes(9)) == ["ended", "waiting", "active"])
            #expect(try await look(after: .minutes(2)) == ["ended", "waiting", "wrap_up"])
            #expect(try await look(after: .minutes(4)) == ["ended", "ended", "wrap_up"])
            let last = try await house.ask(.get, "/messages", with: gone).body
            #expect(last.contains("nothing was heard from the customer"))
        }
    }
}
