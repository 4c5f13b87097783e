import Foundation
import Storage
import Testing

@testable import App

struct SchemaTests {
    @Test func `schema.sql says what the migrations make`() async throws {
        let store = try await Store.open(.memory, migrations: Installation.migrations)
        let schema = try await store.schema()
        try await store.close()
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../schema.sql").standardized
        let written = try? String(contentsOf: file, encoding: .utf8)
        if written != schema { try schema.write(to: file, atomically: true, encoding: .utf8) }
        #expect(
            written == schema, "schema.sql was out of date. It has been written anew: read the change, and commit it.")
    }
}
