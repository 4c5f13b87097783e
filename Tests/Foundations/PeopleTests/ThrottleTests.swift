import Storage
import TestKit
import Testing
import Values

@testable import People

@Suite struct ThrottleTests {
    @Test func `waiting doubles after the free tries, up to a limit`() {
        let patience = Patience(free: 3, first: .seconds(2), longest: .minutes(1))
        #expect((0...9).map { patience.wait(after: $0).inSeconds } == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60])
        #expect(patience.wait(after: Int.max) == .minutes(1))
    }

    @Test func `an IPv6 address counts by its network`() {
        #expect(Throttle.stem(of: "2001:db8:0:1::7") == "2001:db8:0:1")
        #expect(Throttle.stem(of: "2001:db8:0:1:aaaa:bbbb:cccc:dddd") == "2001:db8:0:1")
        #expect(Throttle.stem(of: "::1") == "0:0:0:0")
        #expect(Throttle.stem(of: "192.0.2.1") == "192.0.2.1")
        #expect(Throttle.stem(of: "%") == "%")
        #expect(Throttle.stem(of: ":%:") != "")
    }

    @Test(arguments: Engine.available)
    func `wrong tries slow down, and time opens again`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            for _ in 0..<5 { await #expect(throws: SignInRefusal.wrong) { try await platform.enter(.amina, "wrong") } }

            await #expect(throws: SignInRefusal.tooMany(retryAfter: .seconds(2))) { try await platform.enter(.amina) }
            platform.clock.wait(.seconds(2))
            _ = try await platform.enter(.amina)
            #expect(try await platform.actions().filter { $0 == .failedSignIn }.count == 5)
        }
    }

    @Test(arguments: Engine.available)
    func `a clock that is set back makes the wait no longer`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            for _ in 0..<5 { await #expect(throws: SignInRefusal.wrong) { try await platform.enter(.amina, "wrong") } }
            platform.clock.wait(.hours(-1))
            await #expect(throws: SignInRefusal.tooMany(retryAfter: .seconds(2))) { try await platform.enter(.amina) }
        }
    }

    @Test(arguments: Engine.available)
    func `who signs in in the same moment as others is heard, in whatever order that is written`(
        engine: Engine
    ) async throws {
        try await Platform.run(on: engine) { platform in
            await #expect(throws: SignInRefusal.wrong) { try await platform.enter(.bram, "wrong") }
            platform.clock.wait(.milliseconds(-20))
            _ = try await platform.enter(.amina)
        }
    }

    @Test(arguments: Engine.available)
    func `a try that is refused unseen does not make the wait longer`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            for _ in 0..<5 { await #expect(throws: SignInRefusal.wrong) { try await platform.enter(.amina, "wrong") } }
            for _ in 0..<20 {
                await #expect(throws: SignInRefusal.tooMany(retryAfter: .seconds(2))) {
                    try await platform.enter(.amina)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `an attacker elsewhere cannot lock a person out of her usual address`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let here = try await platform.enter(.amina, from: "192.0.2.1")
            // A hundred addresses each try until they are slowed down, and so is the account as a whole.
            var refused = 0
            for address in 0..<100 {
                do {
                    _ = try await platform.enter(.amina, "guess", from: "198.51.100.\(address)")
                } catch SignInRefusal.tooMany {
                    refused += 1
                } catch SignInRefusal.wrong {}
            }
            #expect(refused == 80)

            #expect(try await platform.signIn.signedIn(by: here.token) != nil)
            _ = try await platform.enter(.amina, from: "192.0.2.1")
            await #expect(throws: SignInRefusal.self) { try await platform.enter(.amina, from: "203.0.113.1") }
        }
    }

    @Test(arguments: Engine.available)
    func `one address cannot try many accounts for long`(engine: Engine) async throws {
        try await Platform.run(
            on: engine, change: { $0.address = Patience(free: 10, first: .seconds(2), longest: .minutes(15)) }
        ) {
            platform in
            var wrong = 0
            for number in 0..<30 {
                do {
                    _ = try await platform.signIn.signIn(
                        username: "somebody\(number)", password: "guess", from: "2001:db8::\(number)")
                } catch SignInRefusal.wrong {
                    wrong += 1
                } catch SignInRefusal.tooMany {}
            }
            #expect(wrong == 10)
            _ = try await platform.enter(.bram, from: "192.0.2.44")
        }
    }

    @Test(arguments: Engine.available)
    func `many tries at once get no more looks than one after another`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let wrong = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        do {
                            _ = try await platform.enter(.amina, "guess")
                            return false
                        } catch SignInRefusal.wrong {
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wrong == 5)
        }
    }

    @Test(arguments: Engine.available)
    func `a storm of sign-ins beyond the line is told to come back`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: [], change: { $0.hashLine = 0 }) { platform in
            await #expect(throws: SignInRefusal.tooMany(retryAfter: .seconds(3))) { try await platform.enter(.amina) }
            // Nothing was counted against anybody.
            let rows = try await platform.store.read { try $0.rows("SELECT subject FROM sign_in_try").count }
            #expect(rows == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `wrong tries are forgotten and purged after a day`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            for _ in 0..<5 { await #expect(throws: SignInRefusal.wrong) { try await platform.enter(.amina, "wrong") } }
            platform.clock.wait(.hours(24))

            try await platform.signIn.purge()
            let rows = try await platform.store.read { try $0.rows("SELECT subject FROM sign_in_try").count }
            #expect(rows == 0)
            _ = try await platform.enter(.amina)
        }
    }
}
