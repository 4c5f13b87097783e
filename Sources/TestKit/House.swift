import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import People
import Storage
import Values
import Web

/// A platform with the cast signed in, and one feature that is asked through the router as people ask it.
package struct House<Part: Feature>: Sendable {
    package let store: Store
    package let part: Part
    package let server: WebServer
    package let signIn: SignIn
    package let clock: TestClock
    package let tokens: [Person.ID: String]

    /// Everybody's.
    package static var password: String { "seven quiet herons wade" }

    /// - Parameters:
    ///   - store: with the cast in it.
    ///   - targets: whose pages are needed.
    ///   - signedOut: what else is done when somebody signs out.
    ///   - leavesBehind: what somebody should know before.
    ///   - part: makes the feature of what the server offers.
    package init(
        _ store: Store, targets: [String], links: [Link],
        signedOut: @escaping @Sendable (Person.ID, Act, Transaction) throws -> Void = { _, _, _ in },
        leavesBehind: @escaping @Sendable (Person.ID, Transaction) throws -> String? = { _, _ in nil },
        part: (WebServer, SignIn, TestClock) throws -> Part
    ) async throws {
        let clock = TestClock(), random = SeededBytes()
        var settings = SignIn.Settings()
        settings.cost = .least
        self.clock = clock
        self.store = store
        signIn = try SignIn(
            store: store, now: { clock.now }, random: random.bytes, settings: settings, signedOut: signedOut,
            leavesBehind: leavesBehind)
        server = try WebServer(
            WebServer.Settings(), store: store, signIn: signIn, metrics: Metrics(), now: { clock.now },
            targets: targets, links: links)
        self.part = try part(server, signIn, clock)
        var tokens: [Person.ID: String] = [:]
        for person in Cast.everybody {
            try await signIn.setPassword(
                of: person.id, to: Self.password, mustChange: false, by: Act(by: nil, at: clock.now))
            tokens[person.id] = try await signIn.signIn(
                username: person.username, password: Self.password, from: "192.0.2.1"
            ).token
        }
        self.tokens = tokens
    }

    /// Asks as this person, with a JSON body or a form.
    package func ask(
        _ method: HTTPRequest.Method, _ path: String, as person: Person?, json: String? = nil, form: String? = nil
    ) async throws -> (status: Int, body: String) {
        var headers: HTTPFields = [:]
        if let token = person.flatMap({ tokens[$0.id] }) { headers[.authorization] = "Bearer \(token)" }
        if json != nil { headers[.contentType] = "application/json" }
        if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await send(method, path, headers, (json ?? form).map { Array($0.utf8) } ?? [])
    }

    /// Where the answer sends the browser of this person.
    package func way(from path: String, as person: Person?) async throws -> String? {
        let token = person.flatMap { tokens[$0.id] } ?? "",
            headers: HTTPFields = [
                .authorization: "Bearer \(token)", .accept: "text/html",
            ]
        return try await Application(router: server.router([part])).test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: headers) { $0.headers[.location] }
        }
    }

    /// Sends exactly this.
    package func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], _ body: [UInt8] = []
    ) async throws -> (status: Int, body: String) {
        // A live view listens for its reader leaving, which only a line of its own can do.
        let line: TestingSetup = path.contains("/live") ? .live : .router
        return try await Application(router: server.router([part])).test(line) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.isEmpty ? nil : ByteBuffer(bytes: body)
            ) { ($0.status.code, String(buffer: $0.body)) }
        }
    }
}
