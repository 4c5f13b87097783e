import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Scripts, styles and pictures, held in memory under an address that changes with their content, so that browsers
/// keep them for good and never mix old with new.
package struct Assets: Sendable {
    private struct File: Sendable {
        let bytes: ByteBuffer
        let type: String
    }

    private let files: [String: File]
    /// `/assets/3f9a…`
    package let prefix: String

    /// Reads all files of these folders; the key is the name they have in addresses: `contacts`, `chart`.
    package init(_ folders: [String: URL]) throws {
        var files: [String: File] = [:]
        for (name, folder) in folders {
            for url in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                guard let type = Assets.types[url.pathExtension] else { continue }
                files["\(name)/\(url.lastPathComponent)"] = File(
                    bytes: ByteBuffer(bytes: try Data(contentsOf: url)), type: type)
            }
        }
        var hash = SHA256()
        for (path, file) in files.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Data(path.utf8))
            hash.update(data: Data(file.bytes.readableBytesView))
        }
        self.files = files
        prefix = "/assets/" + hash.finalize().prefix(6).map { String(format: "%02x", $0) }.joined()
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "woff2": "font/woff2",
    ]

    func addRoutes(to router: Router<AppContext>) {
        router.get("assets/:fingerprint/:folder/:file") { _, context in
            let folder = try context.parameters.require("folder")
            let file = try context.parameters.require("file")
            return try answer("\(folder)/\(file)")
        }
    }

    /// Any fingerprint answers with what is there now: a page that is still open during an upgrade goes on working.
    private func answer(_ path: String) throws -> Response {
        guard let file = files[path] else { throw AccessRefusal.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: file.type, .cacheControl: "public, max-age=31536000, immutable",
                .accessControlAllowOrigin: "*",
            ], body: .init(byteBuffer: file.bytes))
    }
}
