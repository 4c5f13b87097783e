import TestKit
import Testing

@testable import Storage

/// Several stores at one database, as several servers have them.
@Suite struct ServersTests {
    private static let postgresql = Engine.available.filter { $0 == .postgresql }

    @Test(arguments: Engine.available)
    func `one of several servers holds a lock until it gives it back or goes`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withStore(at: location) { second in
                try await withStore(at: location) { first in
                    #expect(try await first.hold("dispatcher"))
                    #expect(try await first.hold("dispatcher"))
                    #expect(try await !second.hold("dispatcher"))
                    #expect(try await second.hold("another"))
                    try await first.release("dispatcher")
                    #expect(try await second.hold("dispatcher"))
                    #expect(try await !first.hold("dispatcher"))
                    try await second.release("dispatcher")
                    #expect(try await first.hold("dispatcher"))
                }
                // The server notices a closed session in its own time.
                while try await !second.hold("dispatcher") { await Task.yield() }
            }
        }
    }

    @Test(arguments: postgresql)
    func `a server that is heard of no more loses the lock it was holding on to`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            guard case .postgresql(let text) = location else { return }
            let address = try PostgreSQLAddress(text)
            let frozen = PostgreSQLLocks(address, patience: .milliseconds(200)), other = PostgreSQLLocks(address)
            #expect(try frozen.hold("migration"))
            #expect(try frozen.hold("dispatcher"))
            #expect(try frozen.hold("dispatcher"), "From here on it is a lease.")
            while try !other.hold("dispatcher") { try await Task.sleep(for: .milliseconds(20)) }
            #expect(throws: Interruption.self) { try frozen.hold("dispatcher") }
            #expect(try !frozen.hold("dispatcher"), "It is told that another holds it.")
            #expect(try other.hold("migration"))
            frozen.close()
            other.close()
        }
    }

    /// Each write reads what all others change: of two at once, one must be done again.
    @Test(arguments: postgresql)
    func `servers that are in each other's way all get their writes done`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            try await withStore(at: location) { first in
                try await withStore(at: location) { second in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for store in [first, second] {
                            group.addTask {
                                for _ in 0..<150 {
                                    try await store.write { transaction in
                                        let count = try transaction.row("SELECT count(*) AS n FROM note")
                                        let number: Int = try count?.value("n") ?? 0
                                        try transaction.run("INSERT INTO note (text, n) VALUES ('a', \(number))")
                                    }
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                    #expect(try await first.answer("SELECT count(DISTINCT n) AS answer FROM note") == 300)
                }
            }
        }
    }

    @Test(arguments: postgresql)
    func `what one server commits rings at the others`(engine: Engine) async throws {
        let long = String(repeating: "long", count: 4_000)
        try await withLocation(on: engine) { location in
            try await withStore(at: location) { first in
                try await withStore(at: location) { second in
                    let topics = ["board", "desk 1", "Zoë's desk", long].map { Topic($0) }
                    for topic in topics {
                        var rings = second.bells.rings(for: topic).makeAsyncIterator()
                        await rings.next()
                        try await first.write { transaction in
                            try transaction.run("INSERT INTO note (text) VALUES ('a')")
                            transaction.ring(topic)
                        }
                        #expect(await rings.next() != nil)
                    }
                    // A thousand topics in one commit, more than one notification holds.
                    var rings = (0..<1_000).map {
                        second.bells.rings(for: Topic("desk number \($0)")).makeAsyncIterator()
                    }
                    for index in rings.indices { await rings[index].next() }
                    try await first.write { transaction in
                        for number in 0..<1_000 { transaction.ring(Topic("desk number \(number)")) }
                    }
                    for index in rings.indices { await rings[index].next() }
                }
            }
        }
    }

    @Test(arguments: postgresql)
    func `a server whose sessions were ended goes on, and hears again`(engine: Engine) async throws {
        let others: SQL = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        let listeners: SQL = "SELECT count(*) AS answer \(others) AND query LIKE 'LISTEN %'"
        try await withLocation(on: engine) { location in
            try await withStore(at: location) { first in
                try await withStore(at: location) { second in
                    for round in 1...3 {
                        #expect(try await first.hold("dispatcher"))
                        var rings = first.bells.rings(for: Topic("board")).makeAsyncIterator()
                        await rings.next()
                        // After a round, each server listens again in its own time.
                        while try await second.answer(listeners) != 2 { await Task.yield() }
                        try await second.write {
                            try $0.run("SELECT pg_terminate_backend(pid, 5000) \(others)")
                        }
                        // Everyone looks again, as soon as it listens again: what was notified before is lost.
                        await rings.next()
                        try await first.write { try $0.run("INSERT INTO note (text, n) VALUES ('a', \(round))") }
                        let count = try await first.answer("SELECT count(*) AS answer FROM note")
                        #expect(count == round)
                        try await second.write { $0.ring(Topic("board")) }
                        await rings.next()
                    }
                }
            }
        }
    }

    @Test(arguments: postgresql)
    func `a server that is not there is told by its place, without the password`(engine: Engine) async throws {
        let addresses = [
            "postgresql://touchdown:geheim@127.0.0.1:1/touchdown",
            "host=127.0.0.1 port=1 password=geheim dbname=touchdown",
            "postgresql://touchdown:geheim@[broken/touchdown", "password=geheim nonsense",
        ]
        for address in addresses {
            let fault = await #expect(throws: StorageFault.self) {
                try await Store.open(.postgresql(address), migrations: tables)
            }
            #expect(fault?.description.hasPrefix("The ") == true && fault?.description.hasSuffix(".") == true)
            #expect(fault?.description.contains("geheim") == false)
            #expect(!"\(Store.Location.postgresql(address))".contains("geheim"))
        }
    }
}
