import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import People
import Storage
import TestKit
import Testing

@testable import Web

/// HEAD: the head that GET has, and nothing behind it that could be taken for the next answer.
@Suite struct HeadTests {
    /// A page, one that only takes what is sent, and a live view.
    private struct Open: Feature {
        let bells: Bells

        func addRoutes(to router: Router<AppContext>) {
            router.get("page") { _, _ in
                Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "Hello.")))
            }
            router.post("letterbox") { _, _ in Response(status: .created) }
            router.get("live") { request, _ in
                Response.events(for: request, from: bells, about: [Topic("news")], while: { true }) { .events([]) }
            }
        }
    }

    @Test func `a head is that of the page, without the page, also when there is none`() async throws {
        try await withStore(on: .sqlite, migrations: People.migrations) { store in
            try await store.write { try Cast.insert(in: $0) }
            let bells = Bells()
            let house = try await House(store, targets: [], links: []) { _, _, _ in Open(bells: bells) }
            try await Application(router: house.server.router([house.part])).test(.live) { client in
                for (path, status, length) in [
                    ("/page", HTTPResponse.Status.ok, "6"), ("/nothing", .notFound, nil),
                    ("/letterbox", .methodNotAllowed, nil),
                    ("/health", .ok, nil), ("/live", .ok, nil), ("/page", .ok, "6"),
                ] {
                    try await client.execute(uri: path, method: .head) { answer in
                        #expect(answer.status == status && answer.body.readableBytes == 0, "\(path)")
                        #expect(length == nil || answer.headers[.contentLength] == length, "\(path)")
                    }
                }
            }
            #expect(bells.count == 0, "nobody listens to a live view of which only the head was asked for")
        }
    }
}
