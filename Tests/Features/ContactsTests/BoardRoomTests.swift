import NIOCore
import Logging
import Storage
import TestKit
import Testing
import Values
@testable import Web

@testable import Contacts

@Suite struct BoardRoomTests {
    private func words(_ news: Web.News) -> String? {
        guard case .events(let events) = news, !events.isEmpty else { return nil }
        return String(buffer: Event.joined(events))
    }

    /// Whether somebody has rung since the last look.
    private func isRung(_ rings: AsyncStream<Void>) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.cancelAll()
            group.addTask { await rings.first { _ in true } != nil }
            return await group.reduce(false) { $0 || $1 }
        }
    }

    @Test(arguments: Engine.available)
    func `within a second everybody is given the same board`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let room = house.contacts.room
            #expect(try await room.board().total.waiting == 0)
            _ = try await house.arrived("One", nil)
            house.clock.wait(.milliseconds(999))
            #expect(try await room.board().total.waiting == 0, "the board of this second")
            house.clock.wait(.milliseconds(1))
            #expect(try await room.board().total.waiting == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `who comes when nothing is fresh asks for a board, and otherwise gets the last one`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let room = house.contacts.room
            let asked = house.store.bells.rings(for: .boardWanted)
            #expect(await isRung(asked), "the first ring, at the start")
            let listening = house.store.bells.rings(for: .boardWanted)
            #expect(words(room.news()) == nil)
            var rings = listening.makeAsyncIterator()
            await rings.next()
            _ = try await room.board()
            let first = try #require(words(room.news()))
            #expect(first.hasPrefix("event: board\ndata: {"))
            house.clock.wait(.milliseconds(5_999))
            #expect(words(room.news()) == first, "the same bytes")
            house.clock.wait(.milliseconds(1))
            #expect(words(room.news()) == nil, "too old to be shown")
        }
    }

    @Test(arguments: Engine.available)
    func `a board is rendered when something happens, and only while somebody watches`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let room = house.contacts.room
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await room.run() }
                // Nobody watches: it is asked for, and nothing comes of it.
                house.store.bells.ring([.boardWanted])
                for _ in 0..<100 { await Task.yield() }
                #expect(words(room.news()) == nil)

                var rendered = house.store.bells.rings(for: .boardRendered).makeAsyncIterator()
                await rendered.next()
                _ = try await house.arrived("One", nil)
                house.store.bells.ring([.board])
                // A rendering that had begun before the contact came may be told first.
                while words(room.news())?.contains(#""waiting":1"#) != true { await rendered.next() }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }
}
