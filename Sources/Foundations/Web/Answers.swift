import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A value as JSON.
    package static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: try JSON.bytes(of: value)))
    }

    /// Done, and nothing to say.
    package static var noContent: Response {
        Response(status: .noContent)
    }

    /// To another page, by GET; a sentence may be shown there once.
    package static func seeOther(_ address: String, saying notice: Notice? = nil) -> Response {
        var response = Response(status: .seeOther, headers: [.location: address])
        if let notice { response.setCookie(notice.asCookie) }
        return response
    }
}

/// How JSON is written and read, the same everywhere.
package enum JSON {
    package static func bytes(of value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    package static func text(of value: some Encodable) throws -> String {
        String(buffer: try bytes(of: value))
    }
}

extension Request {
    /// True when JSON is asked for: by the address or by the Accept header.
    package var prefersJSON: Bool {
        if uri.path.hasPrefix("/api/") { return true }
        guard let accept = headers[.accept] else { return false }
        guard let json = accept.range(of: "application/json") else { return false }
        guard let html = accept.range(of: "text/html") else { return true }
        return json.lowerBound < html.lowerBound
    }
}

extension Request {
    /// A whole number of the address's query.
    ///
    /// - Throws: `FormRefusal` when it is something else.
    package func wholeNumber(_ name: String, in range: ClosedRange<Int> = 0...1_000_000_000) throws -> Int? {
        guard let text = queryFields[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw FormRefusal(errors: [
                .init(name, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
            ])
        }
        return number
    }

    /// A text of the address's query that may not be longer.
    ///
    /// - Throws: `FormRefusal` when it is.
    package func text(_ name: String, upTo limit: Int) throws -> String? {
        guard let text = query(name) else { return nil }
        guard text.count <= limit else {
            throw FormRefusal(errors: [.init(name, "\(name) may have \(limit) characters at most.")])
        }
        return text
    }

    /// The fields of the address's query, as a form sends them: a plus is a space.
    private var queryFields: [String: String] {
        Form.urlEncoded(uri.query ?? "")
    }

    /// A text of the address's query, without the white space around it; nil when it is empty.
    package func query(_ name: String) -> String? {
        let text = queryFields[name].map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        return text.isEmpty ? nil : text
    }
}
