import Foundation
import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Chat
@testable import Contacts

/// Who asks for a chat, what that opens, and what is noted of it.
@Suite struct AskerTests {
    @Test(arguments: Engine.available, [Person.amina, .carys])
    func `a password that somebody else has set opens no chat, but the chat's own token does`(
        engine: Engine, person: Person
    ) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin(), path = "/api/v1/chats/\(key.id)"
            try await house.answer(key.id)
            let given = "five quiet otters swim"
            try await house.signIn.setPassword(
                of: person.id, to: given, by: Act(by: Person.gwen.id, at: house.clock.now))
            let token = try await house.signIn.signIn(
                username: person.username, password: given, from: "192.0.2.1"
            ).token

            let bearer: HTTPFields = [.authorization: "Bearer \(token)", .contentType: "application/json"]
            for part in ["", "/messages", "/transcript", "/live"] {
                let answer = try await house.send(.get, path + part, bearer)
                #expect(answer.status == 403 && answer.body.contains("Choose one of your own first"), "\(part)")
            }
            let said = try await house.send(.post, path + "/messages", bearer, Array(#"{"text":"Mine"}"#.utf8))
            #expect(said.status == 403)
            #expect(try await house.send(.post, path + "/ending", bearer).status == 403)
            #expect(try await house.readings(of: key) == 0)

            let cookies: HTTPFields = [.cookie: "touchdown=\(token); \(Chat.cookie(key.id))=\(key.token)"]
            #expect(try await house.send(.get, path, cookies).status == 200)
        }
    }

    @Test(arguments: Engine.available)
    func `each answer to a start that was sent again opens the chat`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let start =
                #"{"queue":"self-assessment","name":"Zelda","message":"Hello?","clientId":"start-of-zelda-long-enough"}"#
            var keys: [House.Key] = []
            for _ in 0..<3 {
                let answer = try await house.ask(.post, "/api/v1/chats", as: nil, json: start)
                keys.append(try JSONDecoder().decode(House.Key.self, from: Data(answer.body.utf8)))
            }
            #expect(Set(keys.map(\.id)).count == 1 && Set(keys.map(\.token)).count == 3)
            for key in keys { #expect(try await house.ask(.get, "", with: key).status == 200) }
        }
    }

    /// With the id of the start a new token for the chat can be had, which takes the customer's away.
    @Test(arguments: Engine.available)
    func `the client ids of customers are told to customers alone`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let start =
                #"{"queue":"self-assessment","name":"Zelda","message":"Hello?","clientId":"start-of-zelda-long-enough"}"#
            let begun = try await house.ask(.post, "/api/v1/chats", as: nil, json: start)
            let key = try JSONDecoder().decode(House.Key.self, from: Data(begun.body.utf8))
            try await house.answer(key.id)
            let path = "/api/v1/chats/\(key.id)"
            let mine = #"{"text":"Mine","clientId":"mine-of-amina"}"#
            #expect(try await house.ask(.post, "\(path)/messages", as: .amina, json: mine).status == 201)
            _ = try await house.ask(.post, "/ending", with: key)

            for part in ["/messages", "/live"] {
                let own = try await house.ask(.get, part, with: key).body
                #expect(own.contains("start-of-zelda-long-enough") && own.contains("mine-of-amina"))
                for person in [Person.amina, .carys] {
                    let seen = try await house.ask(.get, path + part, as: person).body
                    #expect(!seen.contains("start-of-zelda-long-enough") && seen.contains("mine-of-amina"), "\(part)")
                }
            }
            let atTheDesk = try await house.store.read { try Chat.conversations.said([key.id: 0], $0) }
            #expect(atTheDesk.map(\.clientId) == [nil, "mine-of-amina", nil])
        }
    }

    @Test(arguments: Engine.available)
    func `every look at somebody else's chat is in the trail, a look at one's own is not`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin(), path = "/api/v1/chats/\(key.id)"
            try await house.answer(key.id)
            _ = try await house.ask(.post, "/ending", with: key)
            let looks = [
                path, "\(path)/messages", "\(path)/live", "\(path)/transcript", "/chats/\(key.id)",
                "/chats/\(key.id)/transcript",
            ]
            for look in looks { #expect(try await house.ask(.get, look, as: .amina).status == 200, "\(look)") }
            for look in ["", "/messages", "/live", "/transcript"] {
                #expect(try await house.ask(.get, look, with: key).status == 200)
            }
            #expect(try await house.ask(.get, path, as: .bram).status == 404)
            #expect(try await house.readings(of: key) == 0)
            for (number, look) in looks.enumerated() {
                #expect(try await house.ask(.get, look, as: .carys).status == 200, "\(look)")
                #expect(try await house.readings(of: key) == number + 1, "\(look)")
            }
        }
    }

    @Test(arguments: Engine.available, ["", "/messages"])
    func `a customer who asks now and then is there, however often others look`(
        engine: Engine, path: String
    ) async throws {
        try await House.run(on: engine) { house in
            let there = try await house.begin("There"), watched = try await house.begin("Watched")
            for _ in 0..<4 {
                house.clock.wait(.minutes(2))
                #expect(try await house.ask(.get, path, with: there).status == 200)
                #expect(try await house.ask(.get, "/chats/\(watched.id)", as: .carys).status == 200)
                try await house.visits.look()
            }
            #expect(try await house.ask(.get, "", with: there).body.contains(#""status":"waiting""#))
            #expect(try await house.ask(.get, "", with: watched).body.contains(#""status":"ended""#))
        }
    }
}

extension House {
    /// How many looks at the chat are in the audit trail, each by Carys.
    fileprivate func readings(of key: Key) async throws -> Int {
        try await store.read { transaction in
            try transaction.rows(
                """
                SELECT number FROM audit_entry WHERE action = 'contact read' AND subject_kind = 'contact'
                    AND subject_id = \(key.id.number) AND actor_id = \(Person.carys.id)
                """
            ).count
        }
    }
}
