import Storage
import TestKit
import Testing
import Values

@Suite struct BellsTests {
    @Test(arguments: Engine.available, [1, 2, 3] as [UInt64])
    func `every listener sees the last state whenever it comes`(engine: Engine, seed: UInt64) async throws {
        let lastState = 150
        try await withLocation(on: engine) { location in
            try await withStore(at: location) { store in
                try await store.write { try $0.run("INSERT INTO counter (name, n) VALUES ('board', 0)") }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    var numbers = SeededChance(seed: seed)
                    for _ in 0..<40 {
                        let yields = Int.random(in: 0..<200, using: &numbers)
                        group.addTask {
                            for _ in 0..<yields { await Task.yield() }
                            for await _ in store.bells.rings(for: Topic("board"), Topic("other")) {
                                let state = try await store.answer("SELECT n AS answer FROM counter")
                                if state == lastState { return }
                            }
                        }
                    }
                    for _ in 0..<lastState {
                        group.addTask {
                            try await store.write { transaction in
                                try transaction.run("UPDATE counter SET n = n + 1")
                                transaction.ring(Topic("board"))
                            }
                        }
                    }
                    // Ends only when every listener has seen the last state.
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func `rings that come while a listener is busy melt into one`() async {
        let bells = Bells()
        var rings = bells.rings(for: Topic("desk")).makeAsyncIterator()
        await rings.next()
        for _ in 0..<10 { bells.ring([Topic("desk"), Topic("board")]) }
        await rings.next()
        bells.ring([Topic("desk")])
        await rings.next()
        #expect(bells.listeners(to: Topic("desk")) == 1)
    }

    @Test func `a listener that leaves is forgotten and one of two topics counts once`() async {
        let bells = Bells()
        do {
            let rings = bells.rings(for: Topic("desk"), Topic("board"))
            #expect(bells.count == 1)
            #expect(bells.listeners(to: Topic("board")) == 1)
            _ = consume rings
        }
        #expect(bells.count == 0)
    }
}
