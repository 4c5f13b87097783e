import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What programs may ask of this server (OpenAPI 3.1), put together from the part that each target describes in
/// `Assets/openapi.json`, beside the code that keeps it.
package struct APIDescription: Sendable {
    /// The whole, as JSON.
    package let json: Data

    /// - Parameter folders: where to look for `openapi.json`; a folder without one has no addresses for programs.
    /// - Throws: `APIDescriptionFault` when a part is no JSON object, or two say different things of the same.
    package init(folders: [URL]) throws {
        var whole: [String: Any] = [:]
        for file in folders.map({ $0.appending(path: "openapi.json") }).sorted(by: { $0.path < $1.path }) {
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            guard let part = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] else {
                throw APIDescriptionFault(sentence: "\(file.path) is no JSON object.")
            }
            whole = try APIDescription.merged(whole, part, at: [])
        }
        json = try JSONSerialization.data(withJSONObject: whole, options: [.sortedKeys, .withoutEscapingSlashes])
    }

    func addRoutes(to router: Router<AppContext>) {
        let bytes = ByteBuffer(bytes: json)
        router.get("api/v1/openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/openapi+json; charset=utf-8", .cacheControl: "no-cache"],
                body: .init(byteBuffer: bytes))
        }
    }

    /// Objects are joined key by key and lists one after the other; anything else may be said once.
    private static func merged(_ whole: [String: Any], _ part: [String: Any], at path: [String]) throws -> [String: Any]
    {
        var whole = whole
        for (key, value) in part {
            switch (whole[key], value) {
            case (nil, _): whole[key] = value
            case (let first as [String: Any], let second as [String: Any]):
                whole[key] = try merged(first, second, at: path + [key])
            case (let first as [Any], let second as [Any]): whole[key] = first + second
            default:
                throw APIDescriptionFault(sentence: "\((path + [key]).joined(separator: " / ")) is described twice.")
            }
        }
        return whole
    }
}

/// The parts of the API's description do not fit together.
package struct APIDescriptionFault: Error, CustomStringConvertible {
    let sentence: String

    package var description: String { "The API's description cannot be used: \(sentence)" }
}
