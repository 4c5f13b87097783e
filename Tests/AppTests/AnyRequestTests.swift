import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import People
import Storage
import TestKit
import Testing
import Values
import Web

@testable import App

/// Whatever is sent to any address is answered or refused; nothing in it makes the server stumble.
///
/// Paths, queries, headers, cookies and bodies are made of pieces that mean something somewhere and bytes that mean
/// nothing. Live views are left out, since they do not end: their own tests send them rubbish.
struct AnyRequestTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `any request is answered, and what is refused says why`(seed: UInt64) async throws {
        try await withFolder { folder in
            var settings = Settings()
            settings.database = .sqlite(path: folder + "/touchdown.sqlite")
            settings.logLevel = "critical"
            settings.trustedProxies = ["local"]
            let installation = try await Installation(settings, cost: .least)
            let tokens = try await Self.staff(installation)
            let router = installation.server.router(installation.features)
            let routes = router.routes.filter { !$0.path.description.hasSuffix("/live") }.sorted {
                ($0.path.description, $0.method.rawValue) < ($1.path.description, $1.method.rawValue)
            }
            var rubbish = Rubbish(chance: SeededChance(seed: seed), tokens: tokens)
            let requests = (0..<900).map { _ in
                let route = routes[rubbish.chance.below(routes.count)]
                return rubbish.request(route.method, route.path.description)
            }
            try await Application(router: router).test(.router) { client in
                for one in requests {
                    let answer = try await client.execute(
                        uri: one.uri, method: one.method, headers: one.headers, body: ByteBuffer(bytes: one.body))
                    #expect(
                        answer.status.code < 500, "seed \(seed): \(one)\n\(String(buffer: answer.body).prefix(400))")
                    if answer.status.code >= 400, one.uri.hasPrefix("/api/") {
                        let problem = try? JSONDecoder().decode(Problem.self, from: Data(answer.body.readableBytesView))
                        #expect(problem?.status == answer.status.code, "seed \(seed): \(one)")
                        #expect(problem?.detail.isEmpty == false, "seed \(seed): \(one)")
                    }
                }
            }
            let verdict = try await installation.store.read { try Audit.verify(in: $0) }
            guard case .sound = verdict else {
                Issue.record("the audit trail is \(verdict)")
                return
            }
            try await installation.store.close()
        }
    }

    private struct Problem: Decodable {
        let status: Int
        let detail: String
    }

    /// The cast at work in this installation, and their tokens.
    private static func staff(_ installation: Installation) async throws -> [String] {
        try await installation.store.write { try Cast.insert(in: $0) }
        let password = "seven quiet herons wade"
        var tokens: [String] = []
        for person in Cast.everybody {
            try await installation.signIn.setPassword(
                of: person.id, to: password, mustChange: false, by: Act(by: nil, at: Clock.now()))
            tokens.append(
                try await installation.signIn.signIn(
                    username: person.username, password: password, from: "192.0.2.1"
                ).token)
        }
        return tokens
    }
}

/// Makes requests that nobody would send in earnest.
private struct Rubbish {
    var chance: SeededChance
    let tokens: [String]

    struct Sent: CustomStringConvertible {
        let method: HTTPRequest.Method
        let uri: String
        let headers: HTTPFields
        let body: [UInt8]

        var description: String {
            "\(method) \(uri)\n\(headers)\n\(String(decoding: body, as: UTF8.self).debugDescription)"
        }
    }

    private static let words = [
        "1", "2", "0", "-1", "007", "+1", "9223372036854775807", "9223372036854775808", "1e9", "NaN", "٣", "", " ", "é",
        "self-assessment", "2026-11-22", "2026-02-30", "2026-11-22T09:30:00.000Z", "available", "break", "home", "true",
        "null", "%", "%zz", "%00", "%c3%28", "..", "../..", "'", "\"", "<b>", "{{x}}", ";", "&", "=", "+", ",", "[",
        "{",
        "day", "quarter-hour", "adviser", "administrator", "\u{0}", "\u{1F9A2}", "x", "a b", "09:00", "25:61",
    ]
    private static let fields = [
        "queue", "name", "message", "clientId", "text", "number", "stars", "comment", "status", "place", "reason",
        "note",
        "adviser", "code", "after", "before", "limit", "search", "from", "to", "by", "target", "reference", "purpose",
        "isSure", "username", "password", "key", "openings", "needs", "revision", "title", "position", "day", "skill",
        "level", "on", "course", "role_adviser", "roles", "csrf", "person", "subject", "action", "state", "outcome",
    ]

    private mutating func word() -> String { Rubbish.words[chance.below(Rubbish.words.count)] }
    private mutating func field() -> String { Rubbish.fields[chance.below(Rubbish.fields.count)] }

    private mutating func encoded(_ text: String) -> String {
        // Now and then as it is, as a careless program sends it; the rest would never leave a client library.
        let allowed = chance.below(4) == 0 ? "ABCabc0123456789-._~%+&=;,'[{" : "ABCabc0123456789"
        return text.utf8.map { byte in
            allowed.utf8.contains(byte) ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
        }.joined()
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }

    mutating func request(_ method: HTTPRequest.Method, _ template: String) -> Sent {
        var uri = template.split(separator: "/").map { part in
            part.hasPrefix(":") || part.hasPrefix("*")
                ? encoded(word() + (chance.below(3) == 0 ? word() : "")) : String(part)
        }.joined(separator: "/")
        uri = "/" + uri
        if chance.below(2) == 0 {
            uri += "?" + (0..<1 + chance.below(4)).map { _ in "\(field())=\(encoded(word()))" }.joined(separator: "&")
        }
        let (type, body) = content()
        return Sent(method: method, uri: uri, headers: headers(type), body: body)
    }

    private mutating func headers(_ type: String) -> HTTPFields {
        var headers: HTTPFields = [:]
        headers[.contentType] = type
        switch chance.below(4) {
        case 0: headers[.authorization] = "Bearer \(word())"
        case 1:
            headers[.cookie] = "touchdown=\(tokens[chance.below(tokens.count)]); chat-\(word())=\(word());;=\(word())"
        default: headers[.authorization] = "Bearer \(tokens[chance.below(tokens.count)])"
        }
        if chance.below(6) == 0 { headers[.cookie] = (0..<chance.below(9)).map { _ in word() }.joined() }
        for name in ["Last-Event-ID", "Accept", "X-Forwarded-For", "X-CSRF-Token", "If-None-Match", "X-Request-ID"]
        where chance.below(4) == 0 {
            if let name = HTTPField.Name(name) { headers[name] = word() + (chance.below(2) == 0 ? ", " + word() : "") }
        }
        return headers
    }

    private mutating func content() -> (type: String, body: [UInt8]) {
        switch chance.below(6) {
        case 0:
            let form = (0..<chance.below(8)).map { _ in "\(field())=\(encoded(word()))" }.joined(separator: "&")
            return ("application/x-www-form-urlencoded", Array(form.utf8))
        case 1: return ("application/json", (0..<chance.below(60)).map { _ in UInt8(chance.below(256)) })
        case 2: return (word(), Array(word().utf8))
        case 3: return ("multipart/form-data; boundary=\(word())", Array("--\(word())\r\n\r\n\(word())".utf8))
        default: return ("application/json; charset=\(word())", Array(object(depth: 0).utf8))
        }
    }

    private mutating func object(depth: Int) -> String {
        "{" + (0..<chance.below(9)).map { _ in "\"\(field())\":\(value(depth: depth))" }.joined(separator: ",") + "}"
    }

    private mutating func value(depth: Int) -> String {
        switch chance.below(depth > 3 ? 5 : 8) {
        case 0: return ["true", "false", "null"][chance.below(3)]
        case 1: return ["0", "-1", "1", "1.5", "1e300", "1e-300", "9223372036854775808", "3"][chance.below(8)]
        case 2: return "\"\\u000\(chance.below(10))\""
        case 3, 4:
            let text = word().filter { $0 != "\"" && $0 != "\u{0}" }
            return "\"\(text)\""
        case 5: return "[" + (0..<chance.below(4)).map { _ in value(depth: depth + 1) }.joined(separator: ",") + "]"
        default: return object(depth: depth + 1)
        }
    }
}
