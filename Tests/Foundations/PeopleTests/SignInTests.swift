import Foundation
import Storage
import TestKit
import Testing
import Values

@testable import People

@Suite struct SignInTests {
    @Test(arguments: Engine.available)
    func `the right password begins a session, of which only hashes are stored`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let (token, signedIn) = try await platform.enter(.amina)

            #expect(signedIn.person == .amina)
            #expect(token.utf8.count == 43)
            #expect(try await platform.signIn.signedIn(by: token) == signedIn)
            let stored = try await platform.store.read {
                try $0.rows("SELECT hash FROM session_token").map { try $0.value("hash", as: String.self) }
            }
            #expect(stored == [SessionSecret.hash(of: token)])
            #expect(try await platform.actions().last == .signIn)
        }
    }

    @Test(arguments: Engine.available)
    func `unknown, passwordless, left and wrong cost the same and say the same`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: [.amina, .bram]) { platform in
            try await platform.store.write {
                try Person.leave(Person.bram.id, on: Cast.monday, by: platform.act(), in: $0)
            }
            let before = platform.signIn.hashing.count
            let long = String(repeating: "x", count: 2_000)
            let tries = [
                ("nobody", "guess"), ("carys", "guess"), ("bram", Platform.password), ("amina", "guess"),
                ("amina", long),
                ("", ""),
            ]
            for (number, (username, password)) in tries.enumerated() {
                await #expect(throws: SignInRefusal.wrong) {
                    try await platform.signIn.signIn(username: username, password: password, from: "192.0.2.\(number)")
                }
                #expect(platform.signIn.hashing.count == before + number + 1, "\(username)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `somebody's last day ends at midnight by the body's clock`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let day = try #require(Day("2027-06-21")), midnight = TimeZone.staff.moment(on: day, minute: 0)
            platform.clock.wait(midnight - platform.clock.now - .minutes(10))
            let act = platform.act()
            try await platform.store.write { try Person.leave(Person.bram.id, on: day, by: act, in: $0) }
            let (token, _) = try await platform.enter(.bram)
            #expect(try await platform.signIn.signedIn(by: token)?.person.id == Person.bram.id)

            // Half past midnight in London is half past eleven in UTC.
            platform.clock.wait(.minutes(40))
            #expect(try await platform.signIn.signedIn(by: token) == nil)
            await #expect(throws: SignInRefusal.wrong) { try await platform.enter(.bram) }
        }
    }

    @Test(arguments: Engine.available)
    func `what was typed wrongly is nowhere in the tables`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            await #expect(throws: SignInRefusal.wrong) {
                try await platform.signIn.signIn(
                    username: "my-secret-in-the-wrong-field", password: "x", from: "192.0.2.1")
            }
            let entry = try await platform.store.read { try Audit.page(AuditQuestion(action: .failedSignIn), in: $0) }
            #expect(entry.map(\.entry.detail) == ["{}"] && entry.map(\.entry.subject) == [nil])
        }
    }

    @Test(arguments: Engine.available)
    func `a username is the same in capitals`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let entered = try await platform.signIn.signIn(
                username: "AMINA", password: Platform.password, from: "192.0.2.1")
            #expect(entered.signedIn.person.id == Person.amina.id)
        }
    }

    @Test(arguments: Engine.available)
    func `a password is hashed anew when the cost has changed`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let dearer = try Platform(platform.store) { $0.cost = HashCost(memory: 16, passes: 2, lanes: 1) }
            _ = try await dearer.enter(.amina)

            let stored = try await platform.store.read { try Credential.find(of: Person.amina.id, in: $0) }
            #expect(stored?.hash.costs(HashCost(memory: 16, passes: 2, lanes: 1)) == true)
            _ = try await dearer.enter(.amina)
        }
    }

    @Test(arguments: Engine.available)
    func `changing the password ends all other sessions and keeps this one`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let home = try await platform.enter(.amina, from: "192.0.2.1")
            let office = try await platform.enter(.amina, from: "192.0.2.2")
            let act = home.signedIn.act(at: platform.clock.now)
            let new = "nine loud geese march"

            await #expect(throws: PasswordRefusal.wrongOld) {
                try await platform.signIn.changePassword(home.signedIn, old: "guess", new: new, act: act)
            }
            let changed = try await platform.signIn.changePassword(
                home.signedIn, old: Platform.password, new: new, act: act)

            #expect(try await platform.signIn.signedIn(by: office.token) == nil)
            #expect(try await platform.signIn.signedIn(by: changed.token)?.session == home.signedIn.session)
            platform.clock.wait(.minutes(2))
            #expect(try await platform.signIn.signedIn(by: home.token) == nil)
            await #expect(throws: SignInRefusal.wrong) { try await platform.enter(.amina) }
            _ = try await platform.enter(.amina, new)
        }
    }

    @Test(arguments: Engine.available)
    func `a password given by somebody else must be changed`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            try await platform.signIn.setPassword(of: Person.carys.id, to: "nine loud geese march", by: platform.act())
            let entered = try await platform.enter(.carys, "nine loud geese march")
            #expect(entered.signedIn.mustChangePassword)

            let changed = try await platform.signIn.changePassword(
                entered.signedIn, old: "nine loud geese march", new: "ten slow swans drift",
                act: entered.signedIn.act(at: platform.clock.now))
            #expect(try await platform.signIn.signedIn(by: changed.token)?.mustChangePassword == false)
        }
    }

    @Test(arguments: Engine.available)
    func `an outside subject signs in once it is linked`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let subject = ExternalSubject(provider: "https://id.example", subject: "8842", claims: ["staff": "100001"])
            await #expect(throws: SignInRefusal.wrong) {
                try await platform.signIn.signIn(as: subject, by: .linked, from: "192.0.2.1")
            }
            let entered = try await platform.signIn.signIn(
                as: subject, by: .byStaffNumber(inClaim: "staff"), from: "192.0.2.1")
            #expect(entered.signedIn.person.id == Person.amina.id)
            let again = try await platform.signIn.signIn(as: subject, by: .linked, from: "192.0.2.1")
            #expect(again.signedIn.person.id == Person.amina.id)
        }
    }
}
