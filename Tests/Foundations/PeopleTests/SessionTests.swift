import Storage
import TestKit
import Testing
import Values

@testable import People

@Suite struct SessionTests {
    @Test(arguments: Engine.available)
    func `a session ends when it is not used for an hour`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let (token, _) = try await platform.enter(.amina)

            platform.clock.wait(.minutes(59))
            #expect(try await platform.signIn.signedIn(by: token) != nil)
            platform.clock.wait(.minutes(59))
            #expect(try await platform.signIn.signedIn(by: token) != nil)
            platform.clock.wait(.minutes(60))
            #expect(try await platform.signIn.signedIn(by: token) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a session ends after twelve hours however much it is used`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            var (token, signedIn) = try await platform.enter(.amina)
            for _ in 0..<23 {
                platform.clock.wait(.minutes(30))
                let now = try #require(try await platform.signIn.signedIn(by: token))
                #expect(now.session == signedIn.session && now.formToken == signedIn.formToken)
                token = now.freshToken ?? token
                signedIn = now
            }
            platform.clock.wait(.minutes(30))
            #expect(try await platform.signIn.signedIn(by: token) == nil)
            try await platform.signIn.purge()
            let rows = try await platform.store.read { try $0.rows("SELECT hash FROM session_token").count }
            #expect(rows == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `a screen that is looked at keeps its session going, until the twelve hours are over`(engine: Engine)
        async throws
    {
        try await Platform.run(on: engine) { platform in
            let (token, signedIn) = try await platform.enter(.amina)
            for _ in 0..<14 {
                platform.clock.wait(.minutes(50))
                #expect(try await platform.signIn.holder(of: signedIn.session, isUse: true)?.id == Person.amina.id)
            }
            #expect(try await platform.signIn.signedIn(by: token) != nil)
            platform.clock.wait(.minutes(20))
            #expect(try await platform.signIn.holder(of: signedIn.session, isUse: true) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `whoever was given a password hears nothing before she has one of her own`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let given = "five quiet otters swim"
            try await platform.signIn.setPassword(
                of: Person.amina.id, to: given, by: Act(by: Person.gwen.id, at: platform.clock.now))
            let (_, signedIn) = try await platform.signIn.signIn(
                username: Person.amina.username, password: given, from: "192.0.2.1")
            #expect(try await platform.signIn.holder(of: signedIn.session, isUse: false) == nil)
            _ = try await platform.signIn.changePassword(
                signedIn, old: given, new: "nine green kettles hum",
                act: Act(by: Person.amina.id, at: platform.clock.now))
            #expect(try await platform.signIn.holder(of: signedIn.session, isUse: false)?.id == Person.amina.id)
        }
    }

    @Test(arguments: Engine.available)
    func `whoever only listens idles out, and hears nothing after a sign-out`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let idle = try await platform.enter(.amina).signedIn.session
            let (token, left) = try await platform.enter(.bram)
            platform.clock.wait(.minutes(59))
            for session in [idle, left.session] {
                #expect(try await platform.signIn.holder(of: session, isUse: false) != nil)
            }
            try await platform.signIn.signOut(token)
            #expect(try await platform.signIn.holder(of: left.session, isUse: false) == nil)
            platform.clock.wait(.minutes(1))
            #expect(try await platform.signIn.holder(of: idle, isUse: false) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `the last use is written at most once a minute`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let (token, signedIn) = try await platform.enter(.amina)
            func seenAt() async throws -> Moment? {
                try await platform.store.read { try Session.all(of: signedIn.person.id, in: $0).first?.seenAt }
            }
            platform.clock.wait(.seconds(59))
            _ = try await platform.signIn.signedIn(by: token)
            #expect(try await seenAt() == Cast.morning)
            platform.clock.wait(.seconds(1))
            _ = try await platform.signIn.signedIn(by: token)
            #expect(try await seenAt() == Cast.morning + .seconds(60))
        }
    }

    @Test(arguments: Engine.available)
    func `a fresh token replaces the old one, which lasts until a minute after its first use`(engine: Engine)
        async throws
    {
        try await Platform.run(on: engine) { platform in
            let (old, _) = try await platform.enter(.amina)
            platform.clock.wait(.minutes(15))

            let fresh = try #require(try await platform.signIn.signedIn(by: old)?.freshToken)
            // A parallel request with the old token gets no third one, and the answer with the fresh one may be lost.
            let parallel = try await platform.signIn.signedIn(by: old)
            #expect(parallel != nil && parallel?.freshToken == nil)
            platform.clock.wait(.minutes(5))
            #expect(try await platform.signIn.signedIn(by: old) != nil)

            #expect(try await platform.signIn.signedIn(by: fresh) != nil)
            platform.clock.wait(.seconds(59))
            #expect(try await platform.signIn.signedIn(by: old) != nil)
            platform.clock.wait(.seconds(1))
            #expect(try await platform.signIn.signedIn(by: old) == nil)
            #expect(try await platform.signIn.signedIn(by: fresh) != nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a browser that never takes the fresh token leaves no heap of tokens`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let (old, _) = try await platform.enter(.amina)
            for _ in 0..<5 {
                platform.clock.wait(.minutes(15))
                #expect(try await platform.signIn.signedIn(by: old)?.freshToken != nil)
            }
            let rows = try await platform.store.read { try $0.rows("SELECT hash FROM session_token").count }
            #expect(rows == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `signing out ends this session and no other`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let one = try await platform.enter(.amina), two = try await platform.enter(.amina)
            try await platform.signIn.signOut(one.token)
            try await platform.signIn.signOut("no such token")

            #expect(try await platform.signIn.signedIn(by: one.token) == nil)
            #expect(try await platform.signIn.signedIn(by: two.token) != nil)
            try await platform.signIn.signOutEverywhere(Person.amina.id, by: platform.act())
            #expect(try await platform.signIn.signedIn(by: two.token) == nil)
            #expect(try await platform.actions().suffix(2) == [.signOut, .signOut])
        }
    }

    @Test(arguments: Engine.available)
    func `a change of roles holds from the next request on and renews the token`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let (token, before) = try await platform.enter(.amina)
            #expect(!before.person.may(.planQueues))

            try await platform.store.write {
                try Person.change(roles: [.adviser, .planner], of: Person.amina.id, by: platform.act(), in: $0)
            }
            let now = try await platform.signIn.signedIn(by: token)
            #expect(now?.person.may(.planQueues) == true && now?.freshToken != nil)
        }
    }

    @Test(arguments: Engine.available)
    func `who leaves is signed out on that day`(engine: Engine) async throws {
        try await Platform.run(
            on: engine,
            change: {
                $0.absolute = .days(9); $0.idle = .days(9)
            }
        ) { platform in
            let (token, _) = try await platform.enter(.amina)
            try await platform.store.write {
                try Person.leave(Person.amina.id, on: Cast.monday + 1, by: platform.act(), in: $0)
            }
            #expect(try await platform.signIn.signedIn(by: token) != nil)
            platform.clock.wait(.hours(15))
            #expect(try await platform.signIn.signedIn(by: token) == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a form is taken only with the token of its own session`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let amina = try await platform.enter(.amina).signedIn, bram = try await platform.enter(.bram).signedIn
            #expect(amina.isFormToken(amina.formToken))
            #expect(
                !amina.isFormToken(bram.formToken) && !amina.isFormToken("")
                    && !amina.isFormToken(amina.formToken + "x"))
        }
    }
}
