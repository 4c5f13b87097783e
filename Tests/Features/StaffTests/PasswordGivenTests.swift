import HTTPTypes
import People
import Storage
import TestKit
import Testing

@testable import Staff

/// A password that somebody else has set opens one page: the one on which it is changed.
@Suite struct PasswordGivenTests {
    @Test(arguments: Engine.available)
    func `whoever was given a password chooses her own before anything else`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let given = "five quiet otters swim", own = "nine green kettles hum"
            let act = Act(by: Person.gwen.id, at: house.clock.now)
            try await house.signIn.setPassword(of: Person.carys.id, to: given, by: act)
            let (token, signedIn) = try await house.signIn.signIn(
                username: Person.carys.username, password: given, from: "192.0.2.1")

            func ask(_ path: String, _ type: String) async throws -> (status: Int, body: String) {
                try await house.send(.get, path, [.authorization: "Bearer \(token)", .accept: type])
            }
            #expect(try await ask("/staff", "text/html").status == 303)
            #expect(try await ask("/account", "text/html").body.contains("Choose a password of your own first"))
            let answer = try await ask("/api/v1/staff", "application/json")
            #expect(answer.status == 403 && answer.body.contains("Choose one of your own first"))

            _ = try await house.signIn.changePassword(signedIn, old: given, new: own, act: act)
            let (fresh, _) = try await house.signIn.signIn(
                username: Person.carys.username, password: own, from: "192.0.2.1")
            let list = try await house.send(.get, "/api/v1/staff", [.authorization: "Bearer \(fresh)"])
            #expect(list.status == 200)
        }
    }
}
