import Foundation
import HTTPTypes
import NIOCore
import Testing
import Values

@testable import Web

struct FormTests {
    private func form(_ body: String, _ type: String = "application/json") throws -> Form {
        try Form(body: ByteBuffer(string: body), contentType: type)
    }

    @Test func `fields are read from JSON and from a form alike`() throws {
        var json = try form(#"{"name": "  Amina ", "stars": 4, "tick": true}"#)
        var sent = try form("name=+Amina+&stars=4&tick=on", "application/x-www-form-urlencoded; charset=utf-8")
        for _ in 0..<1 {
            #expect(json.text("name", "your name", upTo: 20) == "Amina")
            #expect(sent.text("name", "your name", upTo: 20) == "Amina")
            #expect(json.number("stars", "stars", in: 1...5) == 4)
            #expect(sent.number("stars", "stars", in: 1...5) == 4)
            #expect(json.isTicked("tick") && sent.isTicked("tick"))
        }
        #expect(json.errors.isEmpty && sent.errors.isEmpty)
    }

    @Test(arguments: ["stars=1&stars=5", "a=1&stars=1&st%61rs=1", "stars&stars="])
    func `a field that comes twice is refused, not taken once`(body: String) throws {
        let refusal = try #require(throws: FormRefusal.self) { try form(body, "application/x-www-form-urlencoded") }
        #expect(refusal.errors.map(\.field) == ["stars"] && refusal.sentence.contains("more than once"))
    }

    @Test(arguments: [
        #"{"stars": 1, "stars": 5}"#, #"{"stars": 1, "a": {}, "st\u0061rs": 1}"#, #"{"stars": null, "stars": 5}"#,
    ])
    func `a JSON object that has a field twice is refused`(body: String) throws {
        let refusal = try #require(throws: FormRefusal.self) { try form(body) }
        #expect(refusal.kind.status == .unprocessableContent && refusal.sentence.contains("more than once"))
    }

    @Test(arguments: [
        #"{"a": "b: \"c\": d", "e\\": [{"a": 1}, {"a": 2}], "f": {"a": {"a": ":"}}}"#, #"{"a:": ":", ":a": "\\"}"#,
    ])
    func `what only looks like a field twice is read`(body: String) throws {
        #expect(try form(body).names.count == body.filter { $0 == "," }.count + (body.contains("[") ? 0 : 1))
    }

    @Test func `the ticked boxes of a list are fields of their own`() throws {
        var form = try form("contacts=&contacts_7=yes&contacts_9=yes", "application/x-www-form-urlencoded")
        let ids = form.ids("contacts", as: Identifier<Int>.self, otherwise: "Write numbers.")
        #expect(Set(ids ?? []) == [7, 9] && form.errors.isEmpty)
    }

    @Test func `all faults are told at once, each at its field`() throws {
        var form = try form(#"{"name": 7, "text": "", "stars": 9}"#)
        _ = form.text("name", "your name", upTo: 20)
        _ = form.text("text", "a message", upTo: 20)
        _ = form.number("stars", "stars", in: 1...5)
        #expect(form.errors.map(\.field) == ["name", "text", "stars"])
        #expect(throws: FormRefusal.self) { try form.check() }
    }

    @Test(arguments: ["[]", "\"x\"", "{", "nul", "{\"a\":}", "\u{0}"])
    func `what is no JSON object is refused with a sentence`(body: String) {
        #expect(throws: FormRefusal.self) { try form(body) }
    }

    @Test(arguments: ["1e300", "-1e300", "9223372036854775808", "0.5", "1e-300"])
    func `a number of any size is read as it was sent, or not as a whole one`(number: String) throws {
        var form = try form("{\"a\": \(number)}")
        #expect(!form.sent("a").isEmpty)
        #expect(form.number("a", "a", in: 0...10) == nil)
    }

    @Test(arguments: ["text/xml", "text/plain", "multipart/form-data", ""])
    func `another content type is refused as such`(type: String) throws {
        let refusal = try #require(throws: FormRefusal.self) { try form("<a/>", type) }
        #expect(refusal.kind.status == .unsupportedMediaType && refusal.sentence.contains("application/json"))
    }

    @Test(arguments: ["a\nb", "a\tb", "a\u{0}", "\u{7F}a", "a\u{85}", "a\u{2028}b", "a\n"])
    func `a text of one line holds no other`(text: String) throws {
        let body = try #require(String(data: JSONEncoder().encode(["name": text]), encoding: .utf8))
        var form = try form(body)
        _ = form.line("name", "a name", upTo: 20)
        #expect(form.errors.map(\.field) == ["name"])
        var other = try self.form(#"{"name": " Zoë 🌊 d’Arc "}"#)
        #expect(other.line("name", "a name", upTo: 20) == "Zoë 🌊 d’Arc" && other.errors.isEmpty)
    }

    @Test(arguments: ["[]", "{}", "true", "1.5", "-1", "\"x\"", "0"])
    func `what is no number of a thing is refused, not left out`(value: String) throws {
        var form = try form("{\"queue\": \(value)}")
        #expect(form.id("queue", as: Identifier<Int>.self, otherwise: "Choose a queue.") == nil)
        #expect(form.errors == [.init("queue", "Choose a queue.")])
    }

    @Test func `a day far from now is refused`() throws {
        var form = try form(#"{"a": "9999-12-31", "b": "0000-01-01", "c": "2199-12-31", "d": "1970-01-01", "e": null}"#)
        #expect(["a", "b", "c", "d", "e"].map { form.optionalDay($0) != nil } == [false, false, true, true, false])
        #expect(form.errors.map(\.field) == ["a", "b"])
    }

    @Test func `a text with control characters or too many letters is refused`() throws {
        var form = try form(#"{"a": "x\u0000y", "b": "abcdef"}"#)
        #expect(form.optionalText("a", "a", upTo: 10) == nil)
        #expect(form.optionalText("b", "b", upTo: 5) == nil)
        #expect(form.errors.count == 2)
    }

    @Test func `any bytes are read or refused, never worse`() {
        var chance = SeededChance(seed: 11)
        let pool = Array(#"{}[]":,%&=+\ux09azé"#.utf8)
        for _ in 0..<3_000 {
            let bytes = (0..<24).map { _ -> UInt8 in
                chance.below(16) == 0 ? UInt8(chance.below(256)) : pool[chance.below(pool.count)]
            }
            for type in ["application/json", "application/x-www-form-urlencoded"] {
                do {
                    var form = try Form(body: ByteBuffer(bytes: bytes), contentType: type)
                    _ = form.optionalText("a", "a", upTo: 10)
                } catch {
                    #expect(error is FormRefusal)
                }
            }
        }
    }
}
