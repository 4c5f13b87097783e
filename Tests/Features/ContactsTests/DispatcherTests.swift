import Logging
import People
import Routing
import Storage
import Synchronization
import TestKit
import Testing
import Values

@testable import Contacts

/// Between a decision and its claim the tables may move on: what the dispatcher makes of it.
@Suite struct DispatcherTests {
    @Test(arguments: Engine.available)
    func `when a customer leaves before she is claimed, the adviser is offered the next`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.comeWithOnePlace()
            let (first, second) = (try await house.arrived("One", nil), try await house.arrived("Two", nil))
            try await house.dispatch { decided in
                #expect(decided.map(\.contact) == [first])
                try await house.end(first)
            }
            let open = try await house.open()
            #expect(open == [second])
        }
    }

    @Test(arguments: Engine.available)
    func `who refuses in the moment in which her time runs out goes on being offered contacts`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await house.comeWithOnePlace()
            let first = try await house.arrived("One", nil)
            try await house.dispatch()
            let offered = try await house.open()
            #expect(offered == [first])
            try await house.dispatch(after: .minutes(1)) { decided in
                #expect(decided.contains { if case .missed = $0 { true } else { false } })
                try await house.refuse(first)
                try await house.end(first)
            }
            let status = try await house.desk()?.status
            #expect(status == .available)
            let second = try await house.arrived("Two", nil)
            try await house.dispatch(after: .minutes(1))
            let open = try await house.open()
            #expect(open == [second])
        }
    }

    @Test(arguments: Engine.available)
    func `a wrap-up that was given more time ends when that is over, and at once when the adviser leaves`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await house.comeWithOnePlace()
            let contact = try await house.answered("One")
            try await house.end(contact)
            func isWrapUp() async throws -> Bool {
                try await house.store.read { try Contact.find(contact, in: $0)?.state } == .wrapUp
            }
            let (first, limit) = try await house.store.read { transaction in
                (
                    try Contact.find(contact, in: transaction)?.wrapUpUntil,
                    try Queue.find(House.queue, in: transaction)?.wrapUpLimit
                )
            }
            let more = try await house.store.write {
                try Contact.giveMoreTime(contact, to: Person.amina.id, at: house.clock.now, in: $0)
            }
            #expect(more == first.flatMap { first in limit.map { first + $0 } })
            try await house.dispatch(after: try #require(limit) + .seconds(1))
            #expect(try await isWrapUp())
            try await house.dispatch(after: try #require(limit))
            #expect(try await !isWrapUp())

            let second = try await house.answered("Two")
            try await house.end(second)
            for _ in 0..<4 {
                _ = try? await house.store.write {
                    try Contact.giveMoreTime(second, to: Person.amina.id, at: house.clock.now, in: $0)
                }
            }
            await #expect(throws: ContactRefusal.noMoreTime) {
                try await house.store.write {
                    try Contact.giveMoreTime(second, to: Person.amina.id, at: house.clock.now, in: $0)
                }
            }
            let now = house.clock.now
            try await house.store.write { transaction in
                try Desk.find(Person.amina.id, in: transaction)?.fall(to: .offline, at: now, in: transaction)
            }
            try await house.dispatch()
            let causes = try await house.store.read { transaction in
                try transaction.rows("SELECT cause FROM contact_event WHERE kind = 'wrapped_up' ORDER BY contact_id")
                    .map {
                        try $0.value("cause", as: String.self)
                    }
            }
            #expect(causes == ["time limit", "went offline"])
        }
    }

    @Test(arguments: Engine.available)
    func `a customer whose adviser has lost her line is told so once`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.comeWithOnePlace()
            let contact = try await house.answered("One")
            let told = Mutex<[Routing.Contact.ID: [String]]>([:])
            let conversations = Conversations(
                said: { _, _ in [] }, states: { _, _, _ in [:] }, erase: { _, _ in },
                tell: { sentence, contact, _, _ in told.withLock { $0[contact, default: []].append(sentence) } })
            try await house.dispatch(through: conversations)
            #expect(told.withLock { $0.isEmpty })

            let now = house.clock.now
            try await house.store.write { transaction in
                try Desk.find(Person.amina.id, in: transaction)?.fall(to: .lineLost, at: now, in: transaction)
            }
            for _ in 0..<2 { try await house.dispatch(through: conversations) }
            #expect(told.withLock { $0 } == [contact: [Claim.requeuedSentence]])
            #expect(try await house.store.read { try Contact.find(contact, in: $0) }?.state == .waiting)
        }
    }

    @Test(arguments: Engine.available)
    func `who accepts in the moment in which an offer is taken back has the contact`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.comeWithOnePlace()
            let first = try await house.arrived("One", nil)
            try await house.dispatch()
            let offer = try #require(try await house.store.read { try Offer.open(to: Person.amina.id, in: $0) }.first)
            let isClaimed = try await house.store.write { transaction in
                _ = try Offer.accept(offer.id, by: Person.amina.id, at: house.clock.now, in: transaction)
                let withdrawn = Decision.withdrawn(first, from: Adviser.ID(Person.amina.id.number))
                return try Claim.make(withdrawn, at: house.clock.now, in: transaction)
            }
            #expect(!isClaimed, "the router has to hear that it is with her")
            let contact = try await house.store.read { try Contact.find(first, in: $0) }
            #expect(contact?.state == .active && contact?.adviser == Person.amina.id)
        }
    }
}

extension House {
    /// Amina comes to work, and takes one chat at a time.
    fileprivate func comeWithOnePlace() async throws {
        try await come()
        try await store.write { transaction in
            try transaction.run("UPDATE desk SET chats = 1 WHERE adviser_id = \(Person.amina.id)")
        }
    }

    /// Routes from what the tables say until nothing follows. Something may happen between the first decisions and their claim.
    fileprivate func dispatch(
        after pause: Duration = .zero, through conversations: Conversations = .none,
        meanwhile: ([Decision]) async throws -> Void = { _ in }
    ) async throws {
        let dispatcher = Dispatcher(
            store: store, now: { clock.now }, today: { Day(clock.now) }, logger: Logger(label: "test"),
            conversations: conversations)
        var picture = try await Picture.drawn(from: store, today: dispatcher.today)
        clock.wait(pause)
        let today = dispatcher.today()
        let news = try await store.read { try News.read(today: today, in: $0) }
        let decisions = picture.take(news, at: clock.now)
        try await meanwhile(decisions)
        _ = try await dispatcher.claim(decisions, after: news, &picture)
        while try await dispatcher.step(&picture) {}
    }

    /// The contacts that are put to Amina now.
    fileprivate func open() async throws -> [Routing.Contact.ID] {
        try await store.read { try Offer.open(to: Person.amina.id, in: $0) }.map(\.contact)
    }

    fileprivate func refuse(_ contact: Routing.Contact.ID) async throws {
        let now = clock.now
        try await store.write { transaction in
            for offer in try Offer.open(to: Person.amina.id, in: transaction) where offer.contact == contact {
                try Offer.refuse(offer.id, by: Person.amina.id, because: "busy", at: now, in: transaction)
            }
        }
    }
}
