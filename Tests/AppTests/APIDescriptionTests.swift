import Foundation
import Hummingbird
import People
import Storage
import TestKit
import Testing
import Web

@testable import App

/// The API's description and the router say the same.
struct APIDescriptionTests {
    @Test func `every address for programs is described, and nothing else`() async throws {
        try await withFolder { folder in
            var settings = Settings()
            settings.database = .sqlite(path: folder + "/touchdown.sqlite")
            let installation = try await Installation(settings, cost: .least)
            let routes = installation.server.routes(installation.features).routes
            let registered = Set(routes.map { "\($0.method.rawValue) \(Self.template($0.path.description))" })
                .filter { $0.contains(" /api/") }

            let described = try Self.described(by: installation.server.description.json)

            #expect(registered.subtracting(described).sorted() == [], "answered, but not described")
            #expect(described.subtracting(registered).sorted() == [], "described, but not answered")
            try await installation.store.close()
        }
    }

    /// `/api/v1/chats/:chat` is `/api/v1/chats/{chat}` in OpenAPI.
    private static func template(_ path: String) -> String {
        let parts = path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
        return "/" + parts.joined(separator: "/")
    }

    /// `GET /api/v1/queues` and so on.
    private static func described(by json: Data) throws -> Set<String> {
        let whole = try JSONDecoder().decode(Whole.self, from: json)
        return Set(whole.paths.flatMap { path, item in item.methods.map { "\($0.uppercased()) \(path)" } })
    }

    private struct Whole: Decodable {
        let paths: [String: Item]
    }

    private struct Item: Decodable {
        let methods: [String]

        init(from decoder: any Decoder) throws {
            let known: Set = ["get", "put", "post", "delete", "patch", "head", "options"]
            methods = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue).filter(known.contains)
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
