import TestKit
import Testing
import Values

@testable import Storage

@Suite struct BellNotificationTests {
    private static let pieces = [
        "desk-17", "contact-9", "board", "\u{1E}", "", " ", "'", "\\", "é", "\u{1F9A2}", "\u{0}", "x",
        String(repeating: "long", count: 1_000),
    ]

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `whatever is rung here rings there, or everything does`(seed: UInt64) {
        var chance = SeededChance(seed: seed)
        for _ in 0..<300 {
            let topics = Set(
                (0..<chance.below(40)).map { _ in
                    Topic((0..<1 + chance.below(4)).map { _ in Self.pieces[chance.below(Self.pieces.count)] }.joined())
                })
            let payloads = BellNotification.payloads(for: topics)
            #expect(payloads.allSatisfy { $0.utf8.count <= BellNotification.mostBytes && !$0.utf8.contains(0) })
            var heard: Set<Topic> = []
            for payload in payloads {
                guard let some = BellNotification.topics(in: payload) else {
                    heard = topics
                    continue
                }
                #expect(topics.isSuperset(of: some), "seed \(seed)")
                heard.formUnion(some)
            }
            #expect(heard == topics, "seed \(seed)")
        }
    }

    @Test(arguments: Engine.available.filter { $0 == .postgresql })
    func `what strangers notify on our channel does no harm`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withStore(at: location) { store in
                try await withStore(at: location) { other in
                    var chance = SeededChance(seed: 4)
                    var rings = store.bells.rings(for: Topic("board")).makeAsyncIterator()
                    await rings.next()
                    let payloads = (0..<200).map { _ in
                        String(
                            (0..<chance.below(5)).map { _ in Self.pieces[chance.below(Self.pieces.count)] }.joined()
                                .filter { $0 != "\u{0}" }.prefix(1_900))
                    }
                    try await other.write { transaction in
                        for payload in payloads {
                            _ = try transaction.rows("SELECT pg_notify('touchdown_bells', \(payload)) AS nothing")
                        }
                    }
                    try await other.write { $0.ring(Topic("board")) }
                    await rings.next()
                    #expect(try await store.answer("SELECT 1 AS answer") == 1)
                }
            }
        }
    }
}
