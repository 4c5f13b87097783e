import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import People
import Storage
import Synchronization
import TestKit
import Values
import Web

@testable import Staff

/// A platform with the cast signed in, which notes whose skills the router was told of.
struct House: Sendable {
    let store: Store
    let staff: Staff
    let server: WebServer
    let signIn: SignIn
    let tokens: [Person.ID: String]
    let told: Told

    /// Whom the router was told of.
    final class Told: Sendable {
        private let ids = Mutex<[Person.ID]>([])
        var all: [Person.ID] { ids.withLock { $0 } }
        func note(_ id: Person.ID) { ids.withLock { $0.append(id) } }
    }

    /// Bytes that differ from one another and are the same in every run.
    final class Chance: Sendable {
        private let state = Mutex<UInt64>(1)
        func bytes(_ count: Int) -> [UInt8] {
            state.withLock { state in
                (0..<count).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: state >> 40)
                }
            }
        }
    }

    static let password = "seven quiet herons wade"

    static func run(on engine: Engine, _ body: (House) async throws -> Void) async throws {
        try await withStore(on: engine, migrations: People.migrations) { store in
            try await store.write { try Cast.insert(in: $0) }
            try await body(try await House(store))
        }
    }

    private init(_ store: Store) async throws {
        let now: @Sendable () -> Moment = { Cast.morning }
        let chance = Chance(), told = Told()
        var settings = SignIn.Settings()
        settings.cost = .least
        self.store = store
        self.told = told
        signIn = try SignIn(store: store, now: now, random: { chance.bytes($0) }, settings: settings)
        server = try WebServer(
            WebServer.Settings(), store: store, signIn: signIn, metrics: Metrics(), now: now, targets: ["Staff"],
            links: Staff.links)
        staff = Staff(
            store: store, pages: server.pages, signIn: signIn, now: now, logger: Logger(label: "test"),
            skillsChanged: { id, _, _ in told.note(id) })
        var tokens: [Person.ID: String] = [:]
        for person in Cast.everybody {
            try await signIn.setPassword(
                of: person.id, to: House.password, mustChange: false, by: Act(by: nil, at: now()))
            tokens[person.id] = try await signIn.signIn(
                username: person.username, password: House.password, from: "192.0.2.1"
            ).token
        }
        self.tokens = tokens
    }

    /// Asks as this person, with a JSON body or a form.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, as person: Person?, json: String? = nil, form: String? = nil
    ) async throws -> (status: Int, body: String) {
        var headers: HTTPFields = [:]
        if let token = person.flatMap({ tokens[$0.id] }) { headers[.authorization] = "Bearer \(token)" }
        if json != nil { headers[.contentType] = "application/json" }
        if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let application = Application(router: server.router([staff]))
        return try await application.test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: (json ?? form).map { ByteBuffer(string: $0) }
            ) { ($0.status.code, String(buffer: $0.body)) }
        }
    }

    /// Everybody's roles, skills and days of leaving: to see that nothing changed.
    func state() async throws -> [String] {
        try await store.read { transaction in
            try transaction.rows("SELECT person_id, role FROM person_role ORDER BY person_id, role")
                .map { "\(try $0.value("person_id", as: Int.self)) \(try $0.value("role", as: String.self))" }
                + transaction.rows(
                    "SELECT person_id, skill_id, level FROM person_skill ORDER BY person_id, skill_id, source, from_day"
                )
                .map {
                    "\(try $0.value("person_id", as: Int.self)) \(try $0.value("skill_id", as: Int.self)) \(try $0.value("level", as: Int.self))"
                }
                + transaction.rows("SELECT id FROM person WHERE left_on IS NOT NULL").map {
                    "\(try $0.value("id", as: Int.self)) left"
                }
        }
    }
}
