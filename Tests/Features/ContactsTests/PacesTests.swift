import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct PacesTests {
    @Test func `a pace that changes by a tenth and a second at least is news`() {
        let minute = Duration.seconds(60)
        #expect(!Paces.differ(minute, minute))
        #expect(!Paces.differ(minute, .seconds(65)) && !Paces.differ(minute, .seconds(55)), "less than a tenth")
        #expect(Paces.differ(minute, .seconds(67)) && Paces.differ(minute, .seconds(53)))
        #expect(!Paces.differ(.seconds(2), .milliseconds(2_900)), "a tenth, but less than a second")
        #expect(Paces.differ(nil, minute) && Paces.differ(minute, nil) && !Paces.differ(nil, nil))
        #expect(Paces.differ(.zero, .milliseconds(1)) && Paces.differ(.milliseconds(1), .zero))
    }

    @Test(arguments: Engine.available)
    func `what the router expects becomes the estimate that customers read`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            func pace() async throws -> (pace: Duration?, next: Duration?) {
                let queue = try await house.store.read { try Queue.find(House.queue, in: $0) }
                return (queue?.pace, queue?.estimatedWait(at: 1))
            }
            var paces = Paces()
            /// What the dispatcher does once a round.
            func look() async throws -> Bool {
                var picture = try await Picture.drawn(from: house.store, today: { Cast.monday })
                let news = paces.news(of: &picture, at: house.clock.now)
                try await house.store.write { try Paces.store(news, in: $0) }
                return !news.isEmpty
            }
            #expect(try await look(), "at first everything is news")
            #expect(try await pace() == (nil, nil), "nobody is there, so nobody can say")

            try await house.come()
            #expect(try await !look(), "not twice within a second")
            house.clock.wait(.seconds(1))
            #expect(try await look())
            #expect(try await pace() == (.zero, .zero), "Amina is free")

            for number in 1...3 { _ = try await house.answered("Customer \(number)") }
            house.clock.wait(.seconds(1))
            #expect(try await look())
            let busy = try #require(try await pace().pace)
            #expect(busy > .zero, "she has all the chats that she can have")

            house.clock.wait(.seconds(1))
            #expect(try await !look(), "nothing has changed")
            #expect(try await pace().next == busy)
            let third = try await house.store.read { try Queue.find(House.queue, in: $0)?.estimatedWait(at: 3) }
            #expect(third == busy * 3)
        }
    }
}
