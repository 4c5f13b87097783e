import HTTPTypes
import Logging
import People
import Storage
import TestKit
import Testing
import Values

@testable import Chat
@testable import Contacts

/// A customer who closes the page: the adviser is told, and the way back is easy.
@Suite struct AwayTests {
    @Test(arguments: Engine.available)
    func `a desk is told that its customer is away, and at once when there is a sign again`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin(), other = try await house.begin("Other Person")
            try await house.store.write { _ = try Desk.of(.amina, at: Cast.morning, in: $0) }
            for id in [key.id, other.id] { try await house.answer(id) }
            house.visits.open(other.id)
            try await house.visits.look()
            let seen = house.clock.now
            func absence(after pause: Duration) async throws -> Conversations.Absence? {
                house.clock.wait(pause)
                try await house.visits.look()
                return try await house.absence(of: key.id)
            }
            let before = try await house.revision()
            #expect(try await absence(after: Visits.patienceForSign) == nil)
            #expect(try await house.revision() == before, "Nothing has changed.")

            #expect(
                try await absence(after: .milliseconds(1)) == .init(since: seen, until: seen + Visits.patienceActive))
            #expect(try await house.absence(of: other.id) == nil, "The line of the other is open.")
            #expect(try await absence(after: .minutes(3))?.since == seen)
            #expect(try await house.revision() == before + 1, "It is told once.")

            #expect(try await house.ask(.get, "", with: key).status == 200)
            #expect(try await house.absence(of: key.id) == nil)
            #expect(try await house.revision() == before + 2)
            #expect(try await absence(after: Visits.patienceForSign) == nil, "She has just been here.")
        }
    }

    @Test(arguments: Engine.available)
    func `a customer is told that the adviser's line is interrupted, and that it is back`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin()
            let come = house.clock.now
            try await house.store.write { transaction in
                try Desk.of(.amina, at: come, in: transaction).change(
                    to: .available, reason: nil, place: nil, team: nil, at: come, in: transaction)
            }
            try await house.answer(key.id)
            let presence = Attendance<Presence>(
                store: house.store, now: { house.clock.now }, logger: Logger(label: "test"))
            func isAway() async throws -> Bool {
                try await house.ask(.get, "", with: key).body.contains(#""adviserIsAway":true"#)
            }
            presence.open(Person.amina.id)
            house.clock.wait(.seconds(60))
            try await presence.look()
            #expect(try await !isAway())
            presence.close(Person.amina.id)
            try await presence.look()
            house.clock.wait(Presence.patienceForSign)
            #expect(try await !isAway())
            house.clock.wait(.milliseconds(1))
            #expect(try await isAway())

            var rings = house.store.bells.rings(for: .contact(key.id)).makeAsyncIterator()
            await rings.next()
            try await presence.look()
            #expect(await rings.next() != nil, "The customer's page looks.")
            presence.open(Person.amina.id)
            try await presence.look()
            #expect(await rings.next() != nil)
            #expect(try await !isAway())
        }
    }

    @Test(arguments: Engine.available)
    func `who writes on a page without JavaScript is not away`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin()
            let cookie: HTTPFields = [.cookie: "\(Chat.cookie(key.id))=\(key.token)", .accept: "text/html"]
            #expect(try await house.send(.get, "/chats/\(key.id)?writing=yes", cookie).status == 200)
            for pause in [Duration.seconds(15), .seconds(120)] {
                house.clock.wait(pause)
                try await house.visits.look()
                #expect(try await house.absence(of: key.id) == nil)
            }
            house.clock.wait(.seconds(120))
            try await house.visits.look()
            #expect(try await house.absence(of: key.id) != nil)
        }
    }

    @Test(arguments: Engine.available)
    func `the start pages lead back to the chats that this browser has open, and to nobody else's`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let mine = try await house.begin("Zelda Quux"), ended = try await house.begin("Zelda Before")
            let foreign = try await house.begin("Other Person")
            _ = try await house.ask(.post, "/ending", with: ended)
            let cookies = [
                "touchdown=x", "\(Chat.cookie(ended.id))=\(ended.token)", "\(Chat.cookie(foreign.id))=\(mine.token)",
                "chat-=1", "chat-x=2", "chat-999999=3", "\(Chat.cookie(mine.id))=\(mine.token)",
            ].joined(separator: "; ")
            for path in ["/", "/chat/self-assessment"] {
                let page = try await house.send(.get, path, [.cookie: cookies, .accept: "text/html"]).body
                #expect(page.contains("You have a chat here already"))
                #expect(page.contains(#"href="/chats/\#(mine.id)""#) && page.contains("You are next."))
                for other in [ended, foreign] { #expect(!page.contains("/chats/\(other.id)\"")) }
                let strange = try await house.send(.get, path, [.accept: "text/html"]).body
                #expect(!strange.contains("You have a chat here"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a chat that is somebody else's, or gone, is told in a customer's words`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let key = try await house.begin(), other = try await house.begin("Other Person")
            for key in [House.Key(id: key.id, token: other.token), House.Key(id: 4_711, token: key.token)] {
                let answer = try await house.ask(.get, "", with: key)
                #expect(answer.status == 404 && answer.body.contains("There is no such chat here."))
            }
        }
    }
}

extension House {
    fileprivate func absence(of id: Contact.ID) async throws -> Conversations.Absence? {
        let now = clock.now
        return try await store.read { try Chat.conversations.states([id], now, $0)[id]?.absence }
    }

    fileprivate func revision() async throws -> Int {
        try await store.read { try DeskRevision.of(Person.amina.id, in: $0) ?? 0 }
    }
}
