import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import People
import Storage
import TestKit
import Testing
import Values
import Web

@testable import App
@testable import Contacts

/// That an erased customer is gone from every table of the real product, with its real chats.
@Suite struct ErasureTests {
    private static let words = ["pumpernickel", "marzipan", "gingerbread", "nougat"]
    private static let traces = ["zelda", "quux", "zq99887"] + words

    @Test func `after an erasure no table holds a customer's name, reference or words`() async throws {
        try await Running.run { running in
            let chat = try await running.talk("Zelda Quux", "ZQ99887", saying: Self.words)
            let other = try await running.talk("Other Person", "OP1", saying: ["one", "two", "three", "four"])
            // Everything that can hold a trace does, or the scan proves nothing.
            let before = try await running.store.places(of: Self.traces)
            for place in [
                "contact.customer_name", "contact.reference", "contact.wrap_up_note", "contact.note",
                "contact_word.word", "message.text", "message.name", "message.client_id", "chat.rating_comment",
                "chat.start_id", "offer.reason", "contact_event.cause",
            ] {
                #expect(before.contains { $0.hasPrefix(place + ":") }, "\(place) holds nothing to erase")
            }
            let copy = try await running.ask(
                .post, "/api/v1/customers/export", as: "gwen", #"{"reference":"ZQ99887","purpose":"Request 118"}"#)
            for held in ["Zelda Quux", "pumpernickel", "marzipan", "nougat"] { #expect(copy.contains(held)) }
            _ = try await running.ask(.get, "/api/v1/contacts?search=quux+zq9", as: "carys", nil)
            let erased = try await running.ask(
                .post, "/api/v1/customers/erasure", as: "gwen",
                #"{"reference":"ZQ99887","purpose":"Request 118","isSure":true}"#)
            #expect(erased.contains(#""isDone":true"#))

            let left = try await running.store.places(of: Self.traces)
            #expect(left == [], "\(left)")
            #expect(try await running.store.places(of: ["other person"]) != [])
            let page = try await running.ask(.get, "/api/v1/contacts/\(chat)", as: "carys", nil)
            #expect(page.contains("erasedAt") && page.contains(#""messages":[]"#))
            #expect(try await running.ask(.get, "/api/v1/contacts/\(other)", as: "carys", nil).contains("Other Person"))
        }
    }
}

extension ErasureTests {
    @Test func `after an erasure and a checkpoint the file itself holds none of it`() async throws {
        try await withFolder { folder in
            let path = folder + "/touchdown.sqlite"
            try await Running.run(on: path) { running in
                let chat = try await running.talk("Zelda Quux", "ZQ99887", saying: Self.words)
                // Long enough that whole pages become free.
                try await running.store.write { transaction in
                    for number in 100..<400 {
                        try transaction.run(
                            """
                            INSERT INTO message (contact_id, number, author, name, text, at) VALUES (\(chat), \(number),
                                'customer', 'Zelda Quux', \("marzipan \(number) " + String(repeating: "and nougat ", count: 60)),
                                '2026-11-22T10:00:00.000Z')
                            """)
                    }
                }
            }
            #expect(
                try Self.traces.filter { try Self.file(path, holds: $0) } == Self.traces, "the scan sees what is there")
            try await Running.run(on: path) { running in
                _ = try await running.ask(
                    .post, "/api/v1/customers/erasure", as: "gwen",
                    #"{"reference":"ZQ99887","purpose":"Request 118","isSure":true}"#)
            }
            // Closing has emptied the log into the file.
            #expect(try Self.traces.filter { try Self.file(path, holds: $0) } == [])
        }
    }

    /// Whether these letters, large or small, are anywhere among the bytes.
    private static func file(_ path: String, holds trace: String) throws -> Bool {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        if let log = FileManager.default.contents(atPath: path + "-wal") { bytes += log }
        let lower = bytes.map { byte -> UInt8 in (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
        return Data(lower).range(of: Data(trace.utf8)) != nil
    }
}

/// The whole product on a file of its own, with the cast, its clock and its chance, asked without a network.
private struct Running {
    let installation: Installation
    let tokens: [String: String]
    var store: Store { installation.store }

    static func run(_ body: (Running) async throws -> Void) async throws {
        try await withFolder { try await run(on: $0 + "/touchdown.sqlite", body) }
    }

    /// On this file, which may be there already.
    static func run(on path: String, _ body: (Running) async throws -> Void) async throws {
        var settings = Settings()
        settings.database = .sqlite(path: path)
        let installation = try await Installation(settings, cost: .least)
        do {
            try await body(try await Running(installation))
            try await installation.store.close()
        } catch {
            try await installation.store.close()
            throw error
        }
    }

    private init(_ installation: Installation) async throws {
        self.installation = installation
        let now = Clock.now(), act = Act(by: nil, at: now), password = "seven quiet herons wade"
        let isNew = try await installation.store.read { try $0.row("SELECT id FROM person LIMIT 1") == nil }
        try await installation.store.write { transaction in
            guard isNew else { return }
            try Cast.insert(in: transaction)
            var draft = QueueDraft(key: "self-assessment", name: "Self Assessment")
            draft.needs = [.init(skill: Skill.selfAssessment, level: 1)]
            // The server's own clock runs here, so nothing may run out on a slow machine.
            draft.offerTimeout = .minutes(5)
            draft.wrapUpLimit = .hours(1)
            draft.openings = (1...7).map { .init(weekday: $0, opens: 0, closes: 1_440) }
            _ = try draft.insert(by: act, in: transaction)
        }
        var tokens: [String: String] = [:]
        for person in [Person.amina, .bram, .carys, .gwen] {
            try await installation.signIn.setPassword(of: person.id, to: password, mustChange: false, by: act)
            tokens[person.username] = try await installation.signIn.signIn(
                username: person.username, password: password, from: "192.0.2.1"
            ).token
        }
        self.tokens = tokens
    }

    /// Asks as somebody of the cast, or with a customer's own token.
    func ask(_ method: HTTPRequest.Method, _ path: String, as who: String, _ json: String?) async throws -> String {
        var headers: HTTPFields = [.authorization: "Bearer \(tokens[who] ?? who)"]
        if json != nil { headers[.contentType] = "application/json" }
        let application = Application(router: installation.server.router(installation.features))
        return try await application.test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: json.map { ByteBuffer(string: $0) }
            ) { response in
                let body = String(buffer: response.body)
                #expect(response.status.code < 300, "\(method) \(path): \(body)")
                return body
            }
        }
    }

    private struct Begun: Decodable {
        let id: Int64
        let token: String
    }

    private struct Desks: Decodable {
        let offers: [Offered]
        struct Offered: Decodable { let id, contact: Int64 }
    }

    /// A chat from its first word to its rating: refused by one adviser, answered by another, handed on with a note.
    func talk(_ name: String, _ reference: String, saying words: [String]) async throws -> Int64 {
        let json = try await ask(
            .post, "/api/v1/chats", as: "nobody",
            #"""
            {"queue":"self-assessment","name":"\#(name)","reference":"\#(reference)",
             "message":"About \#(words[0])","clientId":"\#(reference)-start-0123456789abcdef"}
            """#)
        let chat = try JSONDecoder().decode(Begun.self, from: Data(json.utf8))
        for adviser in ["bram", "amina"] { try await work(adviser, "available") }
        try await route()
        let first = try await offered()
        _ = try await ask(
            .post, "/api/v1/offers/\(first.offer)/refusal", as: first.adviser, #"{"reason":"I know \#(name)"}"#)
        try await route()
        try await accept(chat.id)
        let adviser = try await holder(of: chat.id)
        _ = try await ask(
            .post, "/api/v1/chats/\(chat.id)/messages", as: adviser,
            #"{"text":"Hello \#(name), \#(words[1])?","clientId":"\#(reference)-a"}"#)
        _ = try await ask(
            .post, "/api/v1/contacts/\(chat.id)/transfer", as: adviser,
            #"{"queue":"self-assessment","note":"\#(name) asks about \#(words[2])"}"#)
        try await route()
        try await accept(chat.id)
        _ = try await ask(.post, "/api/v1/chats/\(chat.id)/ending", as: chat.token, "{}")
        _ = try await ask(
            .put, "/api/v1/chats/\(chat.id)/rating", as: chat.token,
            #"{"stars":4,"comment":"\#(words[3]), says \#(name)"}"#)
        _ = try await ask(
            .post, "/api/v1/contacts/\(chat.id)/wrap-up", as: try await holder(of: chat.id),
            #"{"code":"answered","note":"Promised \#(name) a form"}"#)
        return chat.id
    }

    private func work(_ adviser: String, _ status: String) async throws {
        _ = try await ask(.put, "/api/v1/desk/status", as: adviser, #"{"status":"\#(status)","place":"home"}"#)
    }

    /// What the dispatcher would do, from the tables as they are.
    private func route() async throws {
        let today: @Sendable () -> Day = { Day(Clock.now()) }
        let dispatcher = Dispatcher(store: store, now: Clock.now, today: today, logger: Logger(label: "test"))
        var picture = try await Picture.drawn(from: store, today: today)
        for _ in 0..<3 { _ = try await dispatcher.step(&picture) }
    }

    private func offered() async throws -> (adviser: String, offer: Int64) {
        for adviser in ["amina", "bram"] {
            let json = try await ask(.get, "/api/v1/desk", as: adviser, nil)
            let offers = try JSONDecoder().decode(Desks.self, from: Data(json.utf8)).offers
            if let first = offers.first { return (adviser, first.id) }
        }
        throw StorageFault.nothingReturned
    }

    private func accept(_ chat: Int64) async throws {
        let (adviser, offer) = try await offered()
        _ = try await ask(.post, "/api/v1/offers/\(offer)/acceptance", as: adviser, "{}")
    }

    private func holder(of chat: Int64) async throws -> String {
        let name: String? = try await store.read { transaction in
            try transaction.row(
                """
                SELECT person.username FROM contact JOIN person ON person.id = contact.adviser_id WHERE contact.id = \(chat)
                """)?.value("username")
        }
        return name ?? "nobody"
    }
}
