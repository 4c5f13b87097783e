import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Simulated customers and advisers. They use the same HTTP API as people do, from outside, over a real socket.
final class DemoTraffic: Sendable {
    private let ways: [DemoBody.WayIn]
    private let running = Mutex<Task<Void, Never>?>(nil)

    init(ways: [DemoBody.WayIn]) {
        self.ways = ways
    }

    /// Starts as soon as the server answers. The one task of its own in the program: it stands for people outside.
    func begin(port: Int) {
        running.withLock { $0 = Task { await self.run(port: port) } }
    }

    func end() {
        running.withLock { $0?.cancel() }
    }

    private func run(port: Int) async {
        // Every live view holds a connection for as long as it lasts, and the client would allow eight in all.
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 2_000
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let site = DemoSite(client: client, address: "http://127.0.0.1:\(port)")
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
    func listen(_ path: String, token: String, _ hear: (_ event: String, _ data: Data) async throws -> Bool) async throws {
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
