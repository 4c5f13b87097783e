import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import Synchronization
import Testing

@testable import Web

/// Live views, driven ring by ring.
struct EventStreamTests {
    /// What a browser receives, piece by piece.
    private struct Browser: ResponseBodyWriter {
        let pieces: AsyncStream<String>.Continuation

        mutating func write(_ buffer: ByteBuffer) { pieces.yield(String(buffer: buffer)) }
        consuming func finish(_ trailers: HTTPFields?) { pieces.finish() }
    }

    /// Somebody watches while the body goes on.
    private func watch(
        _ rings: AsyncStream<Void>, of pulse: Heartbeat.Pulse = Heartbeat.nextPulse(),
        while stays: @escaping @Sendable () -> Bool = { true }, news: @escaping @Sendable () -> News,
        _ body: (inout AsyncStream<String>.Iterator) async throws -> Void
    ) async throws {
        let (received, pieces) = AsyncStream<String>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { pieces.finish() }
                var browser = Browser(pieces: pieces)
                try await tell(news, at: rings, of: pulse, while: stays, to: &browser)
            }
            var iterator = received.makeAsyncIterator()
            try await body(&iterator)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `a live view says what there is at once, and after every ring what is new`() async throws {
        let bells = Bells(), number = Mutex(0)
        try await watch(bells.rings(for: Topic("desk"))) {
            let now = number.withLock { number in
                number += 1
                return number
            }
            return .events([Event("desk", id: "\(now)", json: "{}"), Event("message", json: "[]")])
        } _: { pieces in
            #expect(await pieces.next() == "event: desk\nid: 1\ndata: {}\n\nevent: message\ndata: []\n\n")
            bells.ring([Topic("another desk")])
            bells.ring([Topic("desk")])
            #expect(await pieces.next() == "event: desk\nid: 2\ndata: {}\n\nevent: message\ndata: []\n\n")
        }
        #expect(bells.count == 0, "nobody listens any more")
    }

    @Test func `a stream ends after the last word`() async throws {
        let bells = Bells(), isOver = Mutex(false)
        try await watch(bells.rings(for: Topic("chat"))) {
            isOver.withLock { $0 } ? .last([Event("chat", json: "1")]) : .events([Event("chat", json: "0")])
        } _: { pieces in
            #expect(await pieces.next() == "event: chat\ndata: 0\n\n")
            isOver.withLock { $0 = true }
            bells.ring([Topic("chat")])
            #expect(await pieces.next() == "event: chat\ndata: 1\n\n")
            #expect(await pieces.next() == nil)
        }
    }

    @Test func `when there is nothing to say the heart beats, for every view in its turn`() async throws {
        let bells = Bells()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                // Faster than in earnest, and ended when everybody has heard it.
                try await Heartbeat(bells: bells, pause: .zero).run()
                return false
            }
            for _ in 0..<3 {
                let pulse = Heartbeat.nextPulse()
                let rings = bells.rings(for: [Topic("quiet"), pulse.topic])
                group.addTask {
                    try await watch(rings, of: pulse, news: { .events([]) }) { pieces in
                        // The first is the look at the start, the others are rung by the clock.
                        for _ in 0..<3 { #expect(await pieces.next() == ": beat\n\n") }
                    }
                    return true
                }
            }
            for _ in 0..<3 { _ = try await group.next() }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `a stream that is never read is left all the same`() throws {
        let bells = Bells(), left = Mutex(0)
        func answer(to method: HTTPRequest.Method) -> Response {
            let head = HTTPRequest(method: method, scheme: "http", authority: "a.example", path: "/live")
            return Response.events(
                for: Request(head: head, body: .init(buffer: ByteBuffer())), from: bells, about: [Topic("chat")],
                while: { true }, onLeave: { left.withLock { $0 += 1 } }
            ) {
                .events([])
            }
        }
        // The browser has gone before its answer could be written.
        #expect(answer(to: .get).status == .ok)
        #expect(left.withLock { $0 } == 1)
        // It asked for the head alone.
        #expect(answer(to: .head).createHeadResponse().headers[.contentType] == "text/event-stream")
        #expect(left.withLock { $0 } == 2)
        #expect(bells.count == 0, "nobody listens any more")
    }

    @Test func `a stream by HTTP says that it must not be kept, and tells when its browser is gone`() async throws {
        struct Broken: Error {}
        let bells = Bells(), left = Mutex(0)
        let router = Router()
        router.get("ending") { request, _ in
            Response.events(
                for: request, from: bells, about: [], while: { true }, onLeave: { left.withLock { $0 += 1 } }
            ) {
                .last([Event("chat", json: "1")])
            }
        }
        router.get("broken") { request, _ in
            Response.events(
                for: request, from: bells, about: [], while: { true }, onLeave: { left.withLock { $0 += 1 } }
            ) {
                throw Broken()
            }
        }
        try await Application(router: router).test(.live) { client in
            try await client.execute(uri: "/ending", method: .get) { answer in
                #expect(String(buffer: answer.body) == "event: chat\ndata: 1\n\n")
                #expect(answer.headers[.contentType] == "text/event-stream")
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[HTTPField.Name("X-Accel-Buffering") ?? .via] == "no")
            }
        }
        #expect(left.withLock { $0 } == 1)
        try await Application(router: router).test(.live) { client in
            // The answer breaks off.
            _ = await #expect(throws: (any Error).self) {
                try await client.execute(uri: "/broken", method: .get) { _ in }
            }
        }
        #expect(left.withLock { $0 } == 2)
        #expect(bells.count == 0)
    }
}
