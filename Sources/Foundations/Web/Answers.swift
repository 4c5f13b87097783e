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
