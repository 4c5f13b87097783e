import NIOCore
import NIOHTTP1
import NIOPosix

/// The load: one event loop with all connections of all invented people.
final class Load {
    let server: Server
    private let loop: any EventLoop
    private var pool: [Wire] = []
    private var next = 0
    private(set) var refusals = 0

    private init(_ server: Server, on loop: any EventLoop) {
        self.server = server
        self.loop = loop
    }

    /// Runs a scenario on this thread until it says that it is over.
    static func run(against server: Server, _ begin: @escaping (Load) -> Void) {
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            let load = Load(server, on: loop)
            load.connect(64) { begin(load) }
        }
    }

    /// The scenario is over.
    func end() {
        loop.shutdownGracefully { _ in }
    }

    /// Sends a request on the connection with the fewest answers to come.
    func send(_ call: Call, _ answer: @escaping Wire.Answer) {
        next = (next + 1) % pool.count
        var wire = pool[next]
        for offset in 1..<8 where wire.load > 0 {
            let other = pool[(next + offset) % pool.count]
            if other.load < wire.load { wire = other }
        }
        wire.send(call, host: server.host, answer)
    }

    /// Sends a request that must succeed; what is refused is counted and the first few are shown.
    func expect(_ call: Call, _ done: @escaping (ByteBuffer?) -> Void) {
        send(call) { [self] status, body in
            if (200..<300).contains(status) { return done(body) }
            refusals += 1
            if refusals <= 5 {
                print("refused: \(call.method) \(call.path): \(status) \(String(buffer: body).prefix(300))")
            }
            done(nil)
        }
    }

    /// Opens a live stream on a connection of its own.
    func listen(
        to path: String, token: String, onEnd: @escaping () -> Void, onEvent: @escaping (LiveEvent) -> Void
    ) {
        open { [server] wire in
            var reader = EventReader()
            wire.listen(to: Call(path: path, token: token), host: server.host, onEnd: onEnd) {
                reader.take($0, onEvent)
            }
        }
    }

    /// Does something a little later.
    func after(milliseconds: Int64, _ body: @escaping () -> Void) {
        loop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds), body)
    }

    /// Does something for each element, so many at a time, and then the rest.
    func each<Element>(
        of elements: [Element], atOnce: Int, _ work: @escaping (Element, @escaping () -> Void) -> Void,
        then: @escaping () -> Void
    ) {
        if elements.isEmpty { return then() }
        var index = 0, done = 0
        func more() {
            guard index < elements.count else { return }
            let element = elements[index]
            index += 1
            work(element) {
                done += 1
                if done == elements.count { then() } else { more() }
            }
        }
        for _ in 0..<min(atOnce, elements.count) { more() }
    }

    /// Does something so many times a second.
    func pace(_ rate: Int, seconds: Int, _ work: @escaping (Int) -> Void, then: @escaping () -> Void) {
        let start = nanoseconds()
        var count = 0
        func tick() {
            let due = min(rate * seconds, Int((nanoseconds() - start) / 1_000) * rate / 1_000_000)
            while count < due {
                work(count)
                count += 1
            }
            if count < rate * seconds { after(milliseconds: 1, tick) } else { then() }
        }
        tick()
    }

    private func connect(_ count: Int, _ then: @escaping () -> Void) {
        each(of: Array(0..<count), atOnce: 16) { [self] _, done in
            open { wire in
                self.pool.append(wire)
                done()
            }
        } then: {
            then()
        }
    }

    private func open(_ use: @escaping (Wire) -> Void) {
        let wire = Wire()
        let bound = NIOLoopBound(wire, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(HTTPRequestEncoder())
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPResponseDecoder()))
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(host: server.host, port: server.port).assumeIsolated()
            .whenComplete { outcome in
                if case .failure(let error) = outcome { print("cannot connect: \(error)") }
                use(wire)
            }
    }
}
