import Storage
import TestKit
import Testing
import Values

@Suite struct WriteTests {
    private struct Refused: Error, Equatable {}

    /// Whether a ring lies ready: a task that is cancelled already takes it, but does not wait for another.
    private func hasRing(in rings: AsyncStream<Void>) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.cancelAll()
            group.addTask { await rings.first { _ in true } != nil }
            return await group.reduce(false) { $0 || $1 }
        }
    }

    private func count(_ store: Store) async throws -> Int? {
        try await store.answer("SELECT count(*) AS answer FROM note")
    }

    @Test(arguments: Engine.available)
    func `a write that fails does not harm those committed with it`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            let failures = await withTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            try await store.write { transaction in
                                try transaction.run("INSERT INTO note (text, n) VALUES ('', \(number))")
                                switch number % 4 {
                                case 1: throw Refused()
                                case 2: try transaction.run("INSERT INTO counter (name, n) VALUES ('a', -1)")
                                default: break
                                }
                            }
                            return 0
                        } catch {
                            return 1
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(failures == 100)
            #expect(try await count(store) == 100)
            let wrong = try await store.read { try $0.rows("SELECT n FROM note WHERE n % 4 IN (1, 2)") }
            #expect(wrong.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `increments that look first and write then lose nothing`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            // Two servers on PostgreSQL; SQLite has one.
            let servers = engine == .sqlite ? 1 : 2
            var stores: [Store] = []
            for _ in 0..<servers { stores.append(try await Store.open(location, migrations: tables)) }
            try await stores[0].write { try $0.run("INSERT INTO counter (name, n) VALUES ('calls', 0)") }
            let done = await withTaskGroup { group in
                for number in 0..<64 {
                    let store = stores[number % servers]
                    group.addTask {
                        // Under contention a write may be told so; then nothing of it is there, and it is asked again.
                        while true {
                            do {
                                try await store.write { transaction in
                                    let row = try transaction.row("SELECT n FROM counter WHERE name = 'calls'")
                                    let n: Int = try row?.value("n") ?? -100
                                    try transaction.run("UPDATE counter SET n = \(n + 1) WHERE name = 'calls'")
                                }
                                return 1
                            } catch StorageFault.contended {
                                continue
                            } catch {
                                return 0
                            }
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            let n = try await stores[0].answer("SELECT n AS answer FROM counter")
            #expect(done == 64)
            #expect(n == 64)
            for store in stores { try await store.close() }
        }
    }

    @Test(arguments: Engine.available)
    func `a read sees one state while writes go on`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withStore(at: location) { store in
                try await store.write {
                    try $0.insert(["left", "right"], into: "counter (name, n)") { "\($0), 1000" }
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<200 {
                        group.addTask {
                            try await store.write { transaction in
                                try transaction.run("UPDATE counter SET n = n + \(number % 7) WHERE name = 'left'")
                                try transaction.run("UPDATE counter SET n = n - \(number % 7) WHERE name = 'right'")
                            }
                        }
                        group.addTask {
                            let sum = try await store.read { transaction in
                                // Two queries: between them others commit.
                                try ["left", "right"].reduce(0) { sum, name in
                                    let row = try transaction.row("SELECT n FROM counter WHERE name = \(name)")
                                    return try sum + (row?.value("n", as: Int.self) ?? 0)
                                }
                            }
                            #expect(sum == 2_000)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a failure that is swallowed fails the write all the same`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            await #expect(throws: StorageFault.self) {
                try await store.write { transaction in
                    try transaction.run("INSERT INTO note (text) VALUES ('a')")
                    _ = try? transaction.run("INSERT INTO counter (name, n) VALUES ('a', -1)")
                }
            }
            let stored = try await count(store)
            #expect(stored == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `a transaction that was smuggled out of its closure does nothing`(engine: Engine) async throws {
        // The compiler refuses this without the word unchecked.
        final class Smuggler: @unchecked Sendable { var transaction: Transaction? }
        try await withStore(on: engine, migrations: tables) { store in
            let smuggler = Smuggler()
            try await store.write { smuggler.transaction = $0 }
            #expect(throws: StorageFault.ended) {
                try smuggler.transaction?.run("INSERT INTO note (text) VALUES ('a')")
            }
            let stored = try await count(store)
            #expect(stored == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `an attempt that fails is undone alone`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            try await store.write { transaction in
                try transaction.run("INSERT INTO note (text) VALUES ('a')")
                #expect(throws: StorageFault.self) {
                    try transaction.attempt {
                        try transaction.run("INSERT INTO note (text) VALUES ('b')")
                        try transaction.attempt {
                            try transaction.run("INSERT INTO counter (name, n) VALUES ('a', -1)")
                        }
                    }
                }
                try transaction.attempt { try transaction.run("INSERT INTO note (text) VALUES ('c')") }
            }
            #expect(try await count(store) == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `a store that was closed says so and has kept what it accepted`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            let store = try await Store.open(location, migrations: tables)
            let outcomes = await withTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        do {
                            try await store.write { try $0.run("INSERT INTO note (text) VALUES ('a')") }
                            return 1
                        } catch {
                            #expect(error as? StorageFault == .closed)
                            return 0
                        }
                    }
                }
                group.addTask {
                    do { try await store.close() } catch { Issue.record(error) }
                    return 0
                }
                return await group.reduce(0, +)
            }
            await #expect(throws: StorageFault.closed) { try await store.read { try $0.rows("SELECT 1 AS n") } }
            await #expect(throws: StorageFault.closed) { try await store.write { try $0.rows("SELECT 1 AS n") } }
            let stored = try await withStore(at: location) { try await count($0) }
            #expect(stored == outcomes)
        }
    }

    @Test(arguments: Engine.available)
    func `a bell rings after the commit and not for what failed`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: tables) { store in
            var rings = store.bells.rings(for: Topic("board")).makeAsyncIterator()
            let silent = store.bells.rings(for: Topic("desk"))
            await rings.next()
            #expect(await hasRing(in: silent))
            _ = try? await store.write { transaction in
                transaction.ring(Topic("desk"))
                throw Refused()
            }
            try await store.write { transaction in
                try transaction.run("INSERT INTO note (text) VALUES ('a')")
                transaction.ring(Topic("board"))
            }
            await rings.next()
            #expect(try await count(store) == 1)
            #expect(await hasRing(in: silent) == false)
        }
    }
}
