import Hummingbird
import People
import Storage
import TestKit
import Testing

@testable import Web

/// Where people come when they must sign in first, and where they go from there.
@Suite struct SignInWayTests {
    /// A page for whoever is signed in.
    private struct Closed: Feature {
        func addRoutes(to router: Router<AppContext>) {
            router.get("contacts") { _, context -> Response in
                _ = try context.person()
                return Response(status: .ok)
            }
        }
    }

    private func withHouse(_ engine: Engine, _ body: (House<Closed>) async throws -> Void) async throws {
        try await withStore(on: engine, migrations: People.migrations) { store in
            try await store.write { try Cast.insert(in: $0) }
            try await body(try await House(store, targets: [], links: []) { _, _, _ in Closed() })
        }
    }

    @Test(arguments: Engine.available)
    func `after signing in a search is still there`(engine: Engine) async throws {
        try await withHouse(engine) { house in
            for path in [
                "/contacts", "/contacts?search=Zelda%20Quux+1%2B1&state=ended", "/contacts?search=%26%25%C3%A9",
            ] {
                let way = try #require(try await house.way(from: path, as: nil))
                #expect(way.hasPrefix("/sign-in?next=/contacts"))
                #expect(!way.dropFirst("/sign-in?next=".count).contains { "?&=+ ".contains($0) })
                #expect(try await house.way(from: way, as: .amina) == path)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `nobody is led to another site`(engine: Engine) async throws {
        try await withHouse(engine) { house in
            let ways = [
                "//evil.example", "/%09/evil.example", "/%0A/evil.example", "/%0D/evil.example", "/%5Cevil.example",
                "/%5C/evil.example", "/%00/evil.example", "/%7F/evil.example", "/%20/evil.example",
                "https://evil.example",
                "%09//evil.example", "evil.example",
            ]
            for way in ways {
                let led = try await house.way(from: "/sign-in?next=\(way)", as: .amina)
                #expect(led == "/", "\(way)")
            }
            let led = try await house.way(from: "/sign-in?next=/desk", as: .amina)
            #expect(led == "/desk")
        }
    }
}
