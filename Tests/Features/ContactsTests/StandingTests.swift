import Foundation
import HTTPTypes
import Logging
import People
import Storage
import TestKit
import Testing
import Values
import Web

@testable import Contacts

/// What skills, roles and days of leaving do to desks and to the router.
@Suite struct StandingTests {
    @Test(arguments: Engine.available)
    func `who signs out of work that is not done is told what becomes of it`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            func told(_ person: Person = .amina) async throws -> String? {
                try await house.signIn.leftBehind(by: person.id)
            }
            try await house.come()
            #expect(try await told() == nil)
            let first = try await house.answered("One")
            #expect(try await told()?.hasPrefix("You still have 1 conversation:") == true)
            let second = try await house.answered("Two")
            #expect(try await told()?.hasPrefix("You still have 2 conversations:") == true)
            #expect(try await told(.bram) == nil)
            try await house.end(first)
            #expect(try await told()?.hasPrefix("You still have 1 conversation:") == true)
            try await house.end(second)
            #expect(try await told()?.hasPrefix("You have not finished your wrap-up.") == true)
        }
    }

    @Test(arguments: Engine.available)
    func `a skill that begins tomorrow brings an offer after midnight by the body's clock`(engine: Engine) async throws
    {
        try await House.run(on: engine) { house in
            // A summer's evening: midnight in London is 11 o'clock in UTC.
            let evening = TimeZone.staff.moment(on: Day(daysSinceEpoch: 20_636), minute: 23 * 60 + 59)
            house.clock.wait(evening - house.clock.now)
            let routing = try await Routed(house)
            try await house.store.write { transaction in
                let act = Act(by: Person.gwen.id, at: evening)
                try SkillHeld.give(
                    Skill.selfAssessment, level: 3, to: Person.iolo.id, from: Day(evening) + 1, by: act,
                    in: transaction)
            }
            try await house.work(.iolo)
            let contact = try await house.arrived("Zelda Quux", "ZQ1")
            var day = try await routing.newDay.look(since: nil)
            try await routing.route()
            #expect(try await house.offered(to: .iolo) == [])

            house.clock.wait(.minutes(1))
            #expect(house.clock.now < (Day(evening) + 1).startInUTC, "in UTC it is still the day before")
            day = try await routing.newDay.look(since: day)
            #expect(day == Day(evening) + 1)
            try await routing.route()
            #expect(try await house.offered(to: .iolo) == [contact])
        }
    }

    @Test(arguments: Engine.available)
    func `a skill that ends brings no more offers from that midnight on`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let routing = try await Routed(house)
            try await house.work(.amina)
            _ = try await routing.newDay.look(since: nil)
            try await routing.route()
            try await house.store.write { [clock = house.clock] transaction in
                try transaction.run(
                    """
                    UPDATE person_skill SET until_day = \(Day(clock.now) + 1) WHERE person_id = 1 AND skill_id = 1
                    """)
            }
            let last = Day(house.clock.now)
            house.clock.wait(.hours(24))
            #expect(try await routing.newDay.look(since: last) == last + 1)
            _ = try await house.arrived("Zelda Quux", "ZQ1")
            try await routing.route()
            #expect(try await house.offered(to: .amina) == [])
        }
    }

    @Test(arguments: Engine.available)
    func `who leaves the body is away at midnight, and her customer waits for somebody else`(engine: Engine)
        async throws
    {
        try await House.run(on: engine) { house in
            let routing = try await Routed(house), last = Day(house.clock.now)
            try await house.work(.amina)
            let contact = try await house.arrived("Zelda Quux", "ZQ1")
            try await routing.route()
            try await house.accept(contact, as: .amina)
            try await house.store.write {
                try Person.leave(Person.amina.id, on: last + 1, by: Act(by: Person.gwen.id, at: Cast.morning), in: $0)
            }
            _ = try await routing.newDay.look(since: last)
            #expect(try await house.status(of: .amina) == .available)
            house.clock.wait(.hours(24))
            try await house.work(.bram)
            _ = try await routing.newDay.look(since: last)
            try await routing.route()
            #expect(try await house.status(of: .amina) == .offline)
            #expect(try await house.offered(to: .bram) == [contact])
            let steps = try await house.store.read { try ContactStep.all(of: contact, in: $0).map(\.sentence) }
            #expect(steps.contains("Amina de Vries has left: it waits again."))
        }
    }

    @Test(arguments: Engine.available)
    func `who signs out of her last session is offline, and her customer waits for somebody else at once`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let routing = try await Routed(house)
            try await house.work(.amina)
            let contact = try await house.arrived("Zelda Quux", "ZQ1")
            try await routing.route()
            try await house.accept(contact, as: .amina)
            try await house.work(.bram)
            let other = try await house.signIn.signIn(
                username: Person.amina.username, password: House.password, from: "192.0.2.2")

            #expect(try await house.ask(.delete, "/api/v1/sessions/current", as: .amina).status == 204)
            try await routing.route()
            #expect(try await house.status(of: .amina) == .available, "she is signed in elsewhere")

            try await house.signIn.signOut(other.token)
            try await routing.route()
            #expect(try await house.status(of: .amina) == .offline)
            #expect(try await house.offered(to: .bram) == [contact])
            let steps = try await house.store.read { try ContactStep.all(of: contact, in: $0).map(\.sentence) }
            #expect(steps.contains("Amina de Vries signed out: it waits again."))
        }
    }

    @Test(arguments: Engine.available)
    func `colleagues who can help stand first, then who is free to`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for person in [Person.amina, .bram, .iolo] { try await house.work(person) }
            for number in 1...3 { _ = try await house.answered("Customer \(number)", by: .amina) }
            func colleagues(_ query: String) async throws -> [String] {
                let body = try await house.ask(.get, "/api/v1/advisers\(query)", as: .amina).body
                #expect(body.contains(#""total":3"#))
                return body.matches(of: /"hasSkills":(true|false).*?"isFull":(true|false).*?"name":"(\w+)/)
                    .map { "\($0.3) \($0.1) \($0.2)" }
            }
            #expect(
                try await colleagues("?queue=\(House.queue)") == [
                    "Bram true false", "Amina true true", "Iolo false false",
                ])
            #expect(try await colleagues("").first { $0.hasPrefix("Iolo") } == "Iolo true false", "nothing is needed")
            let unknown = try await house.ask(.get, "/api/v1/advisers?queue=99", as: .amina)
            #expect(unknown.status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func `who loses the role mid-chat finishes it, is offered nothing more, and is then offline`(engine: Engine)
        async throws
    {
        try await House.run(on: engine) { house in
            let routing = try await Routed(house)
            try await house.work(.amina)
            let chat = try await house.arrived("Zelda Quux", "ZQ1")
            try await routing.route()
            try await house.accept(chat, as: .amina)
            _ = try await house.arrived("Other Person", "OP1")
            try await routing.route()
            #expect(try await house.offered(to: .amina).count == 1)

            try await house.change(.amina, to: [.analyst])
            try await routing.route()
            #expect(try await house.offered(to: .amina) == [])
            let desk = try await house.ask(.get, "/api/v1/desk", as: .amina)
            #expect(desk.status == 200 && desk.body.contains(#""status":"leaving""#), "\(desk.body)")
            #expect(try await house.ask(.get, "/desk", as: .amina).status == 200)
            let change = try await house.ask(
                .put, "/api/v1/desk/status", as: .amina, json: #"{"status":"available"}"#)
            #expect(change.status == 403)
            let colleagues = try await house.ask(.get, "/api/v1/advisers", as: .bram).body
            #expect(!colleagues.contains("Amina"))

            try await house.store.write { try Contact.end(chat, by: .adviser, at: Cast.morning, in: $0) }
            let wrapUp = try await house.ask(
                .post, "/api/v1/contacts/\(chat)/wrap-up", as: .amina, json: #"{"code":"answered"}"#)
            #expect(wrapUp.status == 200)
            #expect(try await house.status(of: .amina) == .offline)
            #expect(try await house.ask(.get, "/api/v1/desk", as: .amina).status == 403)
            try await routing.route()
            #expect(try await house.offered(to: .amina) == [])
        }
    }

    @Test(arguments: Engine.available)
    func `who finishes her chats keeps her desk and its stream until the last is wrapped up`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let routing = try await Routed(house)
            try await house.work(.amina)
            let chat = try await house.arrived("Zelda Quux", "ZQ1")
            try await routing.route()
            try await house.accept(chat, as: .amina)
            try await house.change(.amina, to: [.analyst])
            let day = Day(house.clock.now)
            let amina = try await house.store.read { try Person.find(Person.amina.id, on: day, in: $0) }
            // What the stream asks at every heartbeat.
            let before = try await house.contacts.works(amina)
            #expect(before && !amina.may(.workDesk))
            try await house.store.write { try Contact.end(chat, by: .adviser, at: Cast.morning, in: $0) }
            let wrapUp = try await house.ask(
                .post, "/api/v1/contacts/\(chat)/wrap-up", as: .amina, json: #"{"code":"answered"}"#)
            let after = try await house.contacts.works(amina)
            #expect(wrapUp.status == 200 && !after)
        }
    }

    @Test(arguments: Engine.available)
    func `a role given back in time leaves the adviser on a break with her chats`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let routing = try await Routed(house)
            try await house.work(.amina)
            let chat = try await house.arrived("Zelda Quux", "ZQ1")
            try await routing.route()
            try await house.accept(chat, as: .amina)
            try await house.change(.amina, to: [])
            #expect(try await house.status(of: .amina) == .leaving)
            try await house.change(.amina, to: [.adviser])
            #expect(try await house.status(of: .amina) == .onBreak)
            let transfer = try await house.ask(
                .post, "/api/v1/contacts/\(chat)/transfer", as: .amina, json: #"{"queue":"1"}"#)
            #expect(transfer.status == 200)
            #expect(try await house.status(of: .amina) == .onBreak)
        }
    }
}

/// The router of a house, moved by hand.
private final class Routed {
    private let dispatcher: Dispatcher
    private var picture: Picture
    let newDay: NewDay

    init(_ house: House) async throws {
        let now: @Sendable () -> Moment = { [clock = house.clock] in clock.now }
        let today: @Sendable () -> Day = { Day(now()) }
        let logger = Logger(label: "test")
        dispatcher = Dispatcher(store: house.store, now: now, today: today, logger: logger)
        newDay = NewDay(store: house.store, now: now, logger: logger)
        picture = try await Picture.drawn(from: house.store, today: today)
    }

    func route() async throws {
        while try await dispatcher.step(&picture) {}
        _ = try await dispatcher.step(&picture)
    }
}

extension House {
    /// She is available.
    fileprivate func work(_ person: Person) async throws {
        let now = clock.now
        try await store.write { transaction in
            try Desk.of(person, at: now, in: transaction).change(
                to: .available, reason: nil, place: .home, team: person.team, at: now, in: transaction)
        }
    }

    fileprivate func offered(to person: Person) async throws -> [Contact.ID] {
        try await store.read { try Offer.open(to: person.id, in: $0).map(\.contact) }
    }

    fileprivate func accept(_ contact: Contact.ID, as person: Person) async throws {
        let now = clock.now
        try await store.write { transaction in
            for offer in try Offer.open(to: person.id, in: transaction) where offer.contact == contact {
                _ = try Offer.accept(offer.id, by: person.id, at: now, in: transaction)
            }
        }
    }

    fileprivate func status(of person: Person) async throws -> Desk.Status? {
        try await store.read { try Desk.find(person.id, in: $0)?.status }
    }

    /// As an administrator's page does it.
    fileprivate func change(_ person: Person, to roles: Set<Role>) async throws {
        let act = Act(by: Person.gwen.id, at: clock.now)
        try await store.write { transaction in
            try Person.change(roles: roles, of: person.id, by: act, in: transaction)
            try Contacts.skillsChanged(person.id, by: act, in: transaction)
        }
    }
}
