import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Values

/// What was sent: the fields of a form or of a JSON object, read one by one. What is wrong is gathered and told at once.
///
///     var form = try await Form(of: request, in: context)
///     let name = form.text("name", "your name", upTo: 80)
///     try form.check()
package struct Form: Sendable {
    private enum Field: Sendable {
        case text(String)
        case number(Double)
        case truth(Bool)
        case numbers([Double])
        case other
    }

    private let fields: [String: Field]
    /// What was found wrong so far, each with its field.
    package private(set) var errors: [Problem.Field] = []

    /// - Throws: `FormRefusal` when the body is neither a form nor a JSON object, or a form has a field twice; 413 when it
    ///   is too large.
    package init(of request: Request, in context: AppContext) async throws {
        let buffer = try await request.body.collect(upTo: context.maxUploadSize)
        try self.init(body: buffer, contentType: request.headers[.contentType] ?? "")
    }

    package init(body: ByteBuffer, contentType: String) throws {
        let type = Form.mediaType(of: contentType)
        if type == "application/x-www-form-urlencoded" {
            let sent = Form.pairs(String(buffer: body))
            fields = Dictionary(sent.map { ($0.name, .text($0.value)) }, uniquingKeysWith: { first, _ in first })
            if fields.count < sent.count { throw FormRefusal(twice: sent.map(\.name)) }
        } else if type == "application/json" {
            fields = try Form.json(body)
        } else if body.readableBytes == 0 {
            fields = [:]
        } else {
            throw FormRefusal(unsupported: contentType, wanted: "application/json or as a form")
        }
    }

    /// `application/json` of `application/json; charset=utf-8`.
    static func mediaType(of contentType: String) -> String {
        contentType.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }

    private static func json(_ body: ByteBuffer) throws -> [String: Field] {
        if body.readableBytes == 0 { return [:] }
        let sent: [String: Scalar]
        do {
            sent = try JSONDecoder().decode([String: Scalar].self, from: Data(body.readableBytesView))
        } catch {
            throw FormRefusal(notAnObject: error)
        }
        if members(of: body) > sent.count { throw FormRefusal.repeated }
        return sent.compactMapValues(\.field)
    }

    /// How many fields a JSON object has in its text, those with the same name included: of these the decoder keeps one.
    private static func members(of object: ByteBuffer) -> Int {
        var count = 0, depth = 0
        var isText = false, isEscaped = false
        for byte in object.readableBytesView {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isText: isEscaped = true
            case UInt8(ascii: "\""): isText.toggle()
            case _ where isText: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ":") where depth == 1: count += 1
            default: break
            }
        }
        return count
    }

    private struct Scalar: Decodable {
        let field: Field?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                field = nil
            } else if let truth = try? container.decode(Bool.self) {
                field = .truth(truth)
            } else if let number = try? container.decode(Double.self) {
                field = .number(number)
            } else if let text = try? container.decode(String.self) {
                field = .text(text)
            } else if let numbers = try? container.decode([Double].self) {
                field = .numbers(numbers)
            } else {
                field = .other
            }
        }
    }

    static func urlEncoded(_ body: String) -> [String: String] {
        Dictionary(pairs(body).map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    /// The names of the fields of such a text, in its order, a doubled one twice.
    static func names(_ text: String) -> [String] {
        text.contains("&") ? pairs(text).map(\.name) : []
    }

    private static func pairs(_ body: String) -> [(name: String, value: String)] {
        body.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func decoded(_ text: Substring) -> String {
                let spaced = text.replacing("+", with: " ")
                return spaced.removingPercentEncoding ?? String(spaced)
            }
            return (decoded(halves[0]), halves.count > 1 ? decoded(halves[1]) : "")
        }
    }
}

// MARK: - Reading fields

extension Form {
    /// What was sent in this field, to fill a form again.
    package func sent(_ name: String) -> String {
        switch fields[name] {
        case .text(let text): text
        case .number(let number): Int64(exactly: number).map(String.init) ?? String(number)
        case .truth(let truth): truth ? "true" : "false"
        case .numbers, .other, nil: ""
        }
    }

    package func has(_ name: String) -> Bool { fields[name] != nil }

    /// The names of all fields that were sent.
    package var names: Set<String> { Set(fields.keys) }

    /// Nothing was sent in this field, or an empty text.
    package func isBlank(_ name: String) -> Bool {
        switch fields[name] {
        case nil: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }

    /// A text that must be there. White space around it is dropped.
    package mutating func text(_ name: String, _ label: String, upTo limit: Int) -> String {
        guard let text = optionalText(name, label, upTo: limit) else {
            if !errors.contains(where: { $0.field == name }) { refuse(name, "Enter \(label).") }
            return ""
        }
        return text
    }

    /// A text that may be missing or empty, which is the same.
    package mutating func optionalText(_ name: String, _ label: String, upTo limit: Int) -> String? {
        guard let field = fields[name] else { return nil }
        guard case .text(let sent) = field else {
            refuse(name, "Enter \(label) as text.")
            return nil
        }
        let text = sent.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { return nil }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }) {
            refuse(name, "There are characters in \(label) that cannot be shown. Remove them.")
            return nil
        }
        if text.count > limit || text.utf8.count > limit * 8 {
            refuse(
                name,
                "\(label.prefix(1).uppercased() + label.dropFirst()) may have \(limit) characters at most; this has \(text.count)."
            )
            return nil
        }
        return text
    }

    /// A text of one line that must be there: a name, a title, a reason. White space around it is dropped.
    package mutating func line(_ name: String, _ label: String, upTo limit: Int) -> String {
        isOneLine(name, label) ? text(name, label, upTo: limit) : ""
    }

    /// A text of one line that may be missing or empty, which is the same.
    package mutating func optionalLine(_ name: String, _ label: String, upTo limit: Int) -> String? {
        isOneLine(name, label) ? optionalText(name, label, upTo: limit) : nil
    }

    private mutating func isOneLine(_ name: String, _ label: String) -> Bool {
        guard case .text(let sent) = fields[name], !sent.isOneLine else { return true }
        refuse(name, "Write \(label) in one line, without characters that cannot be shown.")
        return false
    }

    /// A password, taken as it was typed: spaces count.
    package mutating func secret(_ name: String, _ label: String) -> String {
        if case .text(let secret) = fields[name], !secret.isEmpty {
            if secret.utf8.count > 1_024 { refuse(name, "A password has 1,024 bytes at most.") }
            return secret
        }
        refuse(name, "Enter \(label).")
        return ""
    }

    /// The number of a thing that may be missing or empty, which is the same.
    package mutating func id<Thing>(
        _ name: String, as: Identifier<Thing>.Type, otherwise message: String
    ) -> Identifier<Thing>? {
        if isBlank(name) { return nil }
        let id = Identifier<Thing>(sent(name))
        if id == nil { refuse(name, message) }
        return id
    }

    /// The numbers of some things: a list of JSON, or the boxes `name_7` that were ticked. Nil when there is no list.
    package mutating func ids<Thing>(
        _ name: String, as: Identifier<Thing>.Type, otherwise message: String
    ) -> [Identifier<Thing>]? {
        switch fields[name] {
        case nil: return nil
        case .numbers(let numbers):
            let ids = numbers.compactMap { Int64(exactly: $0).map { Identifier<Thing>($0) } }
            if ids.count < numbers.count { refuse(name, message) }
            return ids
        case .text: return names.filter { isTicked($0) }.compactMap { Identifier<Thing>($0.dropPrefix("\(name)_")) }
        default:
            refuse(name, message)
            return nil
        }
    }

    /// A day that may be missing or empty, which is the same.
    package mutating func optionalDay(_ name: String) -> Day? {
        if isBlank(name) { return nil }
        if let day = Day(sent(name)), Day.usual.contains(day) { return day }
        refuse(name, "Write the day as one from 1970 to 2199, like 2026-11-22.")
        return nil
    }

    /// A whole number within these limits.
    package mutating func number(_ name: String, _ label: String, in range: ClosedRange<Int>) -> Int? {
        let number: Int? =
            switch fields[name] {
            case .number(let number): Int(exactly: number)
            case .text(let text): Int(text.trimmingCharacters(in: .whitespaces))
            default: nil
            }
        guard let number, range.contains(number) else {
            refuse(name, "Enter \(label) as a whole number from \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return number
    }

    /// One of the words of a choice.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ label: String, as: Choice.Type = Choice.self
    ) -> Choice? where Choice.RawValue == String {
        if case .text(let text) = fields[name], let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        refuse(name, "Choose \(label): one of \(words).")
        return nil
    }

    /// A box that was ticked.
    package func isTicked(_ name: String) -> Bool {
        switch fields[name] {
        case .text(let text): !["", "false", "off", "no", "0"].contains(text)
        case .truth(let truth): truth
        default: false
        }
    }

    /// Whether this can be meant as yes or no: a truth, or what a box of a form sends.
    package func isTruth(_ name: String) -> Bool {
        switch fields[name] {
        case .truth, nil: true
        case .text(let text): ["", "yes", "on", "true", "no", "off", "false"].contains(text)
        default: false
        }
    }

    package mutating func refuse(_ name: String, _ message: String) {
        errors.append(Problem.Field(name, message))
    }

    /// What was found wrong with one field stands at another from now on, where a page calls it so.
    package mutating func move(_ field: String, to other: String) {
        errors = errors.map { $0.field == field ? Problem.Field(other, $0.message) : $0 }
    }

    /// Throws everything that was found wrong so far.
    package func check() throws {
        if !errors.isEmpty { throw FormRefusal(errors: errors) }
    }
}

extension Request {
    /// - Throws: `FormRefusal` when the body is not said to be JSON, where no form will do.
    package func requireJSON() throws {
        let type = headers[.contentType] ?? ""
        if Form.mediaType(of: type) != "application/json" {
            throw FormRefusal(unsupported: type, wanted: "application/json")
        }
    }
}

/// What was sent does not make sense.
package struct FormRefusal: Refusal, Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.errors == right.errors && left.sentence == right.sentence
    }

    package let errors: [Problem.Field]
    package let sentence: String
    package let kind: RefusalKind

    package init(errors: [Problem.Field]) {
        self.errors = errors
        sentence = errors.map(\.message).joined(separator: " ")
        kind = .invalid
    }

    /// Each field of a form has a name of its own, those of a list too (`contacts_7`): which of two is meant nobody knows.
    init(twice names: [String]) {
        var seen: Set<String> = []
        let twice = Set(names.filter { !seen.insert($0).inserted }).sorted()
        self.init(
            errors: twice.map { .init($0, "\"\($0.prefix(80))\" was sent more than once. Send each field once.") })
    }

    /// A JSON object has a field more than once.
    static let repeated = FormRefusal(sentence: "A field was sent more than once. Send each field once.")

    private init(sentence: String) {
        errors = []
        self.sentence = sentence
        kind = .invalid
    }

    init(unsupported contentType: String, wanted: String) {
        errors = []
        let sent = contentType.isEmpty ? "it came without a content type" : "not as \"\(contentType.prefix(80))\""
        sentence = "Send this as \(wanted); \(sent)."
        kind = .unsupportedType
    }

    init(notAnObject error: any Error) {
        errors = []
        sentence = "The body is not a JSON object. Check quotes, commas and braces."
        kind = .invalid
    }
}

extension String {
    /// The rest after this beginning; empty when it does not begin so.
    fileprivate func dropPrefix(_ prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : "" }
}
