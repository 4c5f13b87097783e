import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Storage
import Synchronization

/// One server-sent event (WHATWG HTML, 9.2).
package struct Event: Sendable {
    private let bytes: ByteBuffer

    /// - Parameters:
    ///   - name: what kind of event it is.
    ///   - id: what a browser that comes back says it has seen last; nil leaves that as it was.
    ///   - json: the data; JSON has no line breaks of its own, so it is one `data` line.
    package init(_ name: String, id: String? = nil, json: String) {
        var text = "event: \(name)\n"
        if let id { text += "id: \(id)\n" }
        text += "data: \(json)\n\n"
        bytes = ByteBuffer(string: text)
    }

    package init(_ name: String, id: String? = nil, _ value: some Encodable) throws {
        self.init(name, id: id, json: try JSON.text(of: value))
    }

    private init(comment: String) {
        bytes = ByteBuffer(string: ": \(comment)\n\n")
    }

    static let beat = Event(comment: "beat")

    /// Events that are written in one piece.
    static func joined(_ events: [Event]) -> ByteBuffer {
        var all = ByteBuffer()
        for event in events {
            var bytes = event.bytes
            all.writeBuffer(&bytes)
        }
        return all
    }
}

/// What a live view has to say after a ring.
package enum News: Sendable {
    case events([Event])
    /// The last events; the stream ends after them.
    case last([Event])
}

extension Response {
    /// Tells a browser what is new, ring by ring, until it leaves or the server stops.
    ///
    /// - Parameters:
    ///   - stays: asked at every heartbeat; the stream ends when the answer is no, as whoever listens has signed out,
    ///     was signed out, or may not see this any more.
    ///   - onLeave: called once, when the stream is over for whatever reason, also when it never began because the
    ///     browser had gone before the answer, or had asked for its head alone.
    ///   - news: called at once and after every ring; a ring that comes meanwhile is not lost. When it has nothing
    ///     to say a heartbeat is sent, so that both ends notice a dead line.
    package static func events(
        for request: Request, from bells: Bells, about topics: [Topic],
        while stays: @escaping @Sendable () async throws -> Bool, onLeave: @escaping @Sendable () -> Void = {},
        news: @escaping @Sendable () async throws -> News
    ) -> Response {
        let pulse = Heartbeat.nextPulse()
        let rings = bells.rings(for: topics + [pulse.topic])
        let leaving = Leaving(onLeave)
        let body = ResponseBody { writer in
            defer { leaving.happen() }
            do {
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await tell(news, at: rings, of: pulse, while: stays, to: &writer)
                }
            } catch is CancellationError {
                return  // The browser has left; there is nobody to finish for.
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
            body: body)
    }
}

/// That a listener leaves: it happens once, at the latest when nothing is left that could be listened to.
private final class Leaving: Sendable {
    private let act: Mutex<(@Sendable () -> Void)?>

    init(_ act: @escaping @Sendable () -> Void) {
        self.act = Mutex(act)
    }

    func happen() {
        let act = act.withLock { act in
            defer { act = nil }
            return act
        }
        act?()
    }

    deinit { happen() }
}

/// Writes what is new, ring by ring, until there is a last word, the listener may not stay, or the server stops.
func tell(
    _ news: () async throws -> News, at rings: AsyncStream<Void>, of pulse: Heartbeat.Pulse,
    while stays: () async throws -> Bool, to writer: inout some ResponseBodyWriter
) async throws {
    var beat = pulse.beat
    for await _ in rings.cancelOnGracefulShutdown() {
        if pulse.beat != beat {
            beat = pulse.beat
            guard try await stays() else { return }
        }
        switch try await news() {
        case .events(let events):
            try await writer.write(Event.joined(events.isEmpty ? [.beat] : events))
        case .last(let events):
            return try await writer.write(Event.joined(events))
        }
    }
}

extension HTTPField.Name {
    /// What a browser that comes back says it has seen last.
    package static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .via
    /// Asks a proxy in front to pass events on as they come.
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .via
}

/// Rings every live view once in a while, in turn, so that dead lines are noticed and nothing waits for ever
/// on a bell that another server failed to ring.
package struct Heartbeat: Service {
    /// Every live view looks again after 15 seconds, spread over so many topics a hundredth of a second apart: of 5,000
    /// views three look at once. In 150 portions thirty did, which held up everybody else's news for a while each time.
    private static let portions = 1_500
    private static let next = Atomic<Int>(0)
    private static let beaten = Atomic<Int>(0)

    private let bells: Bells
    private let pause: Duration

    package init(bells: Bells, pause: Duration = .milliseconds(10)) {
        self.bells = bells
        self.pause = pause
    }

    /// The heartbeat of one live view.
    struct Pulse: Sendable {
        fileprivate let portion: Int

        var topic: Topic { Topic("heartbeat-\(portion)") }

        /// Rises by one whenever this topic is rung.
        var beat: Int { (beaten.load(ordering: .relaxed) + portions - portion) / portions }
    }

    static func nextPulse() -> Pulse {
        Pulse(portion: next.wrappingAdd(1, ordering: .relaxed).oldValue % portions)
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            for number in 0... {
                try await Task.sleep(for: pause)
                // First the number, so that whoever is woken finds that it has risen.
                Heartbeat.beaten.store(number, ordering: .relaxed)
                bells.ring([Pulse(portion: number % Heartbeat.portions).topic])
            }
        }
    }
}
