import Contacts
import HTTPTypes
import People
import Storage
import TestKit
import Testing

@testable import Chat

@Suite struct QueueLanguageTests {
    @Test(arguments: Engine.available)
    func `customers read a queue's name, and why it is closed, marked with its language`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.store.write { transaction in
                try transaction.run("UPDATE queue SET language = 'cy', name = 'Cymraeg'")
            }
            let key = try await house.begin()
            #expect(try await house.ask(.get, "", with: key).body.contains(#""language":"cy""#))
            for (path, heading) in [
                ("/", #"<h2 lang="cy">"#), ("/chat/self-assessment", #"<h1 lang="cy">Cymraeg</h1>"#),
            ] {
                #expect(try await house.ask(.get, path, as: nil).body.contains(heading), "\(path)")
            }
            try await house.store.write { transaction in
                try transaction.run(
                    """
                    INSERT INTO closure (queue_id, starts_at, ends_at, message)
                    VALUES (1, '2020-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z', 'Ar gau.')
                    """)
            }
            for path in ["/", "/chat/self-assessment"] {
                #expect(try await house.ask(.get, path, as: nil).body.contains(#" lang="cy">Ar gau."#), "\(path)")
            }
            let queues = try await house.ask(.get, "/api/v1/queues", as: nil).body
            #expect(queues.contains(#""notice":"Ar gau.""#) && queues.contains(#""noticeLanguage":"cy""#))
        }
    }
}
