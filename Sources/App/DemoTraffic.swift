import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// Simulated customers and advisers. They use the same HTTP API as people do, from outside, over a real socket.
struct DemoTraffic: Service {
    private let ways: [DemoBody.WayIn]
    private let settings: Settings
    private let ports: AsyncStream<Int>
    private let port: AsyncStream<Int>.Continuation

    init(ways: [DemoBody.WayIn], settings: Settings) {
        self.ways = ways
        self.settings = settings
        (ports, port) = AsyncStream.makeStream()
    }

    /// The server answers on this port: people may come.
    func begin(port number: Int) {
        port.yield(number)
        port.finish()
    }

    func run() async {
        for await number in ports.cancelOnGracefulShutdown() {
            await cancelWhenGracefulShutdown { await self.run(port: number) }
        }
        // A service that returns would end the program: the quiet after the last visitor lasts until it stops.
        try? await gracefulShutdown()
    }

    private func run(port: Int) async {
        // Every live view holds a connection for as long as it lasts, and the client would allow eight in all.
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 2_000
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let site = DemoSite(client: client, address: settings.address(port: port))
        // Those who speak Welsh leave that queue to whoever looks in.
        let advisers = ways.filter { $0.role == "adviser" && !$0.skills.contains("Welsh") }.prefix(18)
        await withTaskGroup(of: Void.self) { group in
            for (index, way) in advisers.enumerated() {
                group.addTask { await DemoAdviser(site: site, way: way, number: index).work() }
            }
            group.addTask { await self.customers(site) }
        }
        try? await client.shutdown()
    }

    /// Somebody comes every few seconds; on a busy day more come than can be answered at once.
    private func customers(_ site: DemoSite) async {
        await withDiscardingTaskGroup { group in
            var number = 0
            while !Task.isCancelled {
                number += 1
                let customer = DemoCustomer(site: site, number: number)
                group.addTask { await customer.visit() }
                try? await Task.sleep(for: .milliseconds(Int.random(in: 2_000...9_000)))
            }
        }
    }
}

/// The product as seen from outside.
struct DemoSite: Sendable {
    let client: HTTPClient
    let address: String

    struct Failed: Error { let status: UInt }

    func send<Answer: Decodable & Sendable>(
        _ method: String, _ path: String, _ body: [String: String], token: String?, as: Answer.Type = Answer.self
    ) async throws -> Answer {
        var request = request(method, path, token)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        let response = try await client.execute(request, timeout: .seconds(15))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        guard (200..<300).contains(response.status.code) else { throw Failed(status: response.status.code) }
        return try JSONDecoder().decode(Answer.self, from: Data(bytes.readableBytesView))
    }

    /// Reads a live view, event by event, until it ends or the reader has enough.
    func listen(_ path: String, token: String, _ hear: (_ event: String, _ data: Data) async throws -> Bool)
        async throws
    {
        let response = try await client.execute(request("GET", path, token), timeout: .hours(24))
        guard response.status == .ok else { throw Failed(status: response.status.code) }
        var event = ""
        var rest: [UInt8] = []
        for try await chunk in response.body {
            rest += chunk.readableBytesView
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeSubrange(...end)
                if line.hasPrefix("event: ") { event = String(line.dropFirst(7)) }
                if line.hasPrefix("data: "), try await !hear(event, Data(line.dropFirst(6).utf8)) { return }
            }
        }
    }

    private func request(_ method: String, _ path: String, _ token: String?) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address + path)
        request.method = .RAW(value: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        return request
    }
}
