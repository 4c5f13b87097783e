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

@testable import Contacts

/// What programs send that makes no sense, and what they are told.
@Suite struct RefusalTests {
    @Test(arguments: Engine.available)
    func `a body of another type is refused as such, by forms and by the API`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let before = try await house.state()
            for (path, type) in [
                ("/api/v1/closures", "text/plain"), ("/api/v1/ready-replies", ""), ("/api/v1/queues", "text/xml"),
                ("/api/v1/queues", "application/x-www-form-urlencoded"), ("/api/v1/queues", ""),
                ("/calendar/closures", "multipart/form-data; boundary=x"), ("/queues", "application/xml"),
            ] {
                let answer = try await house.send("key=x", as: type, to: path)
                #expect(answer.status == 415, "\(path) as \(type): \(answer.body)")
                if path.hasPrefix("/api/") { #expect(answer.type == "application/problem+json") }
            }
            #expect(try await house.state() == before)
        }
    }

    @Test(arguments: Engine.available)
    func `a fault is named by the field that was sent`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.ended("Zelda Quux", "AB1")
            for (method, path, who, body, field) in [
                (.post, "/customers/export", Person.gwen, #"{"reference":"AB1"}"#, "purpose"),
                (.post, "/customers/export", .gwen, #"{"reference":"AB1","purpose":"for Zelda Quux"}"#, "purpose"),
                (.post, "/customers/export", .gwen, #"{"reference":"AB1","purpose":"a\u0007b"}"#, "purpose"),
                (.post, "/customers/erasure", .gwen, #"{"reference":"AB1","isSure":true}"#, "purpose"),
                (.post, "/ready-replies", .dilwyn, #"{"title":"A\nB","text":"x"}"#, "title"),
                (.post, "/ready-replies", .dilwyn, #"{"title":"A","text":"x","queue":[1]}"#, "queue"),
                (.post, "/ready-replies", .dilwyn, #"{"title":"A","text":"Dear {customr}"}"#, "text"),
                (.put, "/wrap-up-codes/new", .dilwyn, #"{"title":"A\u0000B"}"#, "title"),
                (.put, "/wrap-up-codes/new", .dilwyn, #"{"title":"A","position":{}}"#, "position"),
                (.put, "/bank-holidays/2026-12-25", .dilwyn, #"{"name":"A\u2028B"}"#, "name"),
                (.post, "/closures", .dilwyn, #"{"message":"x","from":[]}"#, "from"),
                (.post, "/closures", .dilwyn, #"{"message":"x","until":"9999-12-31T23:59"}"#, "until"),
                (.put, "/desk/status", .amina, #"{"status":"training","reason":"A\tB"}"#, "reason"),
            ] as [(HTTPRequest.Method, String, Person, String, String)] {
                let answer = try await house.ask(method, "/api/v1\(path)", as: who, json: body)
                #expect(answer.status == 422 && answer.body.contains("\"field\":\"\(field)\""), "\(body): \(answer)")
            }
            // The page has two of them, so there each has a name of its own.
            let page = try await house.ask(.post, "/customers/export", as: .gwen, form: "reference=AB1&purpose=")
            #expect(page.status == 422 && page.body.contains("href=\"#exportPurpose\""))
        }
    }

    @Test(arguments: Engine.available)
    func `a break has a reason from the list, which a change of place keeps`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            func say(_ json: String) async throws -> (status: Int, body: String) {
                try await house.ask(.put, "/api/v1/desk/status", as: .amina, json: json)
            }
            #expect(try await say(#"{"status":"available","place":"home"}"#).status == 200)
            for (json, words) in [
                (#"{"status":"break"}"#, "Say why you take a break"),
                (#"{"status":"break","reason":" "}"#, "Say why you take a break"),
                (#"{"status":"break","reason":"A nap"}"#, "There is no break reason"),
            ] {
                let refused = try await say(json)
                #expect(refused.status == 422 && refused.body.contains(words), "\(json)")
                let desk = try await house.ask(.get, "/api/v1/desk", as: .amina).body
                #expect(desk.contains(#""status":"available""#))
            }

            #expect(try await say(#"{"status":"break","reason":"Lunch"}"#).status == 200)
            let moved = try await say(#"{"status":"break","place":"office"}"#)
            #expect(moved.status == 200 && moved.body.contains(#""reason":"Lunch""#))
            #expect(moved.body.contains(#""place":"office""#))
        }
    }

    @Test(arguments: Engine.available)
    func `an address that names nothing is not found, in plain words`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for (method, path, who) in [
                (.get, "/api/v1/queues/self%20assessment", .dilwyn), (.get, "/api/v1/contacts/x", .carys),
                (.post, "/api/v1/offers/-1/acceptance", .amina), (.put, "/api/v1/bank-holidays/2026-02-30", .dilwyn),
                (.delete, "/api/v1/bank-holidays/2026-02-30", .dilwyn), (.delete, "/api/v1/closures/1.5", .dilwyn),
                (.put, "/api/v1/bank-holidays/9999-12-31", .dilwyn), (.delete, "/api/v1/queues/0", .dilwyn),
            ] as [(HTTPRequest.Method, String, Person)] {
                let answer = try await house.ask(method, path, as: who, json: method == .put ? #"{"name":"X"}"# : nil)
                #expect(answer.status == 404 && answer.body.contains("There is nothing at this address"), "\(answer)")
                #expect(!answer.body.contains("Identifier") && !answer.body.contains("%20"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `periods and places that cannot be are refused with a sentence`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let id = try await house.ended("Zelda Quux", "AB1")
            for (query, field) in [
                ("contacts?to=9999-12-31", "to"), ("contacts?from=0000-01-01", "from"),
                ("contacts?from=2026-11-23&to=2026-11-22", "from"), ("contacts?before=99", "before"),
                ("contacts?search=zelda&before=99", "before"), ("contacts?before=x", "before"),
                ("contacts?before=", "before"), ("contacts?queue=", "queue"), ("contacts?adviser=%20", "adviser"),
                ("contacts?queue=paye&queue=vat", "queue"), ("contacts?adviser=1&%61dviser=1", "adviser"),
                ("reports?to=9999-12-31", "to"), ("reports?from=2020-01-01&to=2026-01-01", "from"),
                ("service-levels?to=9999-12-31", "to"), ("reports?queue=nowhere", "queue"),
            ] {
                let answer = try await house.ask(.get, "/api/v1/\(query)", as: .carys)
                #expect(answer.status == 422 && answer.body.contains("\"field\":\"\(field)\""), "\(query): \(answer)")
            }
            // A form sends its empty fields too; a program leaves out what it does not mean.
            for path in [
                "api/v1/contacts?from=1970-01-01&to=2199-12-31", "api/v1/contacts?before=\(id)",
                "contacts?before=&queue=&adviser=",
            ] {
                let answer = try await house.ask(.get, "/\(path)", as: .carys)
                #expect(answer.status == 200, "\(path)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `who plans and names no queue is told where all of them are`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for (method, path, body) in [
                (.get, "/api/v1/queues/99", nil), (.delete, "/api/v1/queues/99", nil),
                (.post, "/api/v1/closures", #"{"queue":99,"message":"x"}"#),
                (.post, "/api/v1/ready-replies", #"{"queue":99,"title":"x","text":"y"}"#),
            ] as [(HTTPRequest.Method, String, String?)] {
                let answer = try await house.ask(method, path, as: .dilwyn, json: body)
                #expect(
                    answer.status == 404 && answer.body.contains("There is no queue 99. The page Queues"), "\(answer)")
            }
        }
    }
}

extension House {
    /// Sends this body as the planner, with this content type.
    fileprivate func send(
        _ body: String, as type: String, to path: String
    ) async throws -> (status: Int, type: String?, body: String) {
        var headers: HTTPFields = [.authorization: "Bearer \(tokens[Person.dilwyn.id] ?? "")"]
        if !type.isEmpty { headers[.contentType] = type }
        let application = Application(router: server.router([contacts]))
        return try await application.test(.router) { [headers] client in
            try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)) {
                ($0.status.code, $0.headers[.contentType], String(buffer: $0.body))
            }
        }
    }
}
