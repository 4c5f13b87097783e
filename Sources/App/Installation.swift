import ArgumentParser
import Chat
import Contacts
import Foundation
import Hummingbird
import Logging
import People
import ServiceLifecycle
import Staff
import Storage
import UnixSignals
import Values
import Web

/// The running system, put together: the one place that knows all its parts.
struct Installation: Sendable {
    let store: Store
    let server: WebServer
    let signIn: SignIn
    let features: [any Feature]
    let logger: Logger
    private let address: String

    /// The whole schema, oldest first.
    static let migrations = People.migrations + Contacts.migrations + Chat.migrations + Installation.ownMigrations

    private static let ownMigrations: [Migration] = [
        Migration(
            "2026-11-22 app: create installation",
            """
            CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL)
            """)
    ]

    init(_ settings: Settings, cost: HashCost = HashCost()) async throws {
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        let logger = Logger(label: "touchdown") { JSONLog(label: $0, level: level) }
        let now = Clock.now
        let store = try await Store.open(
            settings.database, migrations: Installation.migrations, readers: settings.readers)
        try await Installation.refuseCompany(store, settings)
        try await Audit.seal(store)
        var signing = SignIn.Settings()
        signing.idle = .minutes(Int64(settings.idleMinutes))
        signing.absolute = .hours(Int64(settings.sessionHours))
        signing.cost = cost
        let signIn = try SignIn(
            store: store, now: now, random: Chance.bytes, settings: signing, signedOut: Contacts.signedOut,
            leavesBehind: Contacts.leftBehind)

        var web = settings.web
        web.mostConnections = OpenFiles.mostConnections()
        let server = try WebServer(
            web, store: store, signIn: signIn, metrics: Metrics(), now: now,
            targets: ["Contacts", "Chat", "Staff"], links: Contacts.links + Staff.links)
        let contacts = Contacts(
            store: store, pages: server.pages, conversations: Chat.conversations, now: now, logger: logger)
        let chat = Chat(
            store: store, pages: server.pages, now: now, secrets: Secret.Source(Chance.bytes),
            isSecure: settings.isSecure, startsPerMinute: settings.startsPerMinute, logger: logger)

        let staff = Staff(
            store: store, pages: server.pages, signIn: signIn, now: now, logger: logger,
            skillsChanged: Contacts.skillsChanged)

        self.store = store
        self.server = server
        self.signIn = signIn
        self.logger = logger
        address = settings.address(port: settings.port)
        features = [contacts, chat, staff]
    }

    /// Bells do not ring from one process to another through a SQLite file, so a second server would answer late and
    /// route everybody twice.
    private static func refuseCompany(_ store: Store, _ settings: Settings) async throws {
        guard case .sqlite(let path) = settings.database, try await !store.hold("server") else { return }
        try await store.close()
        throw ValidationError(
            """
            \(path) is in use by another server. Stop that one, or serve another database; several servers share one \
            in PostgreSQL.
            """)
    }

    /// Serves until it is told to stop.
    func run(
        with others: [any Service] = [], onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        var application = server.application(features, logger: logger, onReady: onReady)
        application.addServices([Housekeeping(signIn: signIn, logger: logger), LastResort()] + others)
        do {
            try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch {
            try await store.close()
            throw ListeningFault(error, at: address) ?? error
        }
        try await store.close()
    }
}

/// Ends the program when it cannot end by itself, because the database neither answers nor refuses. Whoever has not been answered
/// by then knows that nothing is promised.
private struct LastResort: Service {
    private static let seconds: UInt32 = 20

    func run() async throws {
        try? await gracefulShutdown()
        alarm(Self.seconds)
    }
}

/// The one clock.
enum Clock {
    static let now: @Sendable () -> Moment = {
        Moment(milliseconds: Int64((Date.now.timeIntervalSince1970 * 1_000).rounded(.down)))
    }
}

/// The one source of chance.
enum Chance {
    static let bytes: @Sendable (Int) -> [UInt8] = { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}

extension Settings {
    var web: WebServer.Settings {
        var web = WebServer.Settings()
        web.host = host
        web.port = port
        web.body = body
        web.isSecure = isSecure
        web.trustedProxies = trustedProxies
        web.embeddingOrigins = embeddingOrigins
        web.chartFolder = chartFolder
        return web
    }

    /// True when only this machine can reach the server.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        // A name that begins with 127. may be anybody's.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// `http://127.0.0.1:8080`, with this port.
    func address(port: Int) -> String {
        "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
