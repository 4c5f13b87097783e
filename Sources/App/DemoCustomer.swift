import Foundation

/// A simulated customer: asks, waits as long as his patience lasts, talks, leaves.
struct DemoCustomer: Sendable {
    let site: DemoSite
    let number: Int

    private struct Chat: Decodable, Sendable { let id: Int; let token: String? }
    private struct State: Decodable, Sendable { let status: String }
    private struct Message: Decodable, Sendable { let author: String; let number: Int }
    private struct Anything: Decodable, Sendable {}

    private static let queues = [
        "paye", "self-assessment", "self-assessment", "vat", "child-benefit", "job-retention-scheme",
    ]
    private static let names = ["Alex", "Bethan", "Chidi", "Dewi", "Elin", "Femi", "Grace", "Hari", "Iona", "Jakub"]
    private static let questions = [
        "My tax code has changed and I do not know why.", "When is my payment due?",
        "I sent a form three weeks ago and have heard nothing.", "How do I claim for a furloughed employee?",
        "I have moved. How do I change my address?",
    ]
    private static let words = [
        "Thank you.", "I see. And how long will that take?", "Yes, please.", "No, that was all.",
    ]

    func visit() async {
        let start: [String: String] = [
            "queue": pick(DemoCustomer.queues), "name": pick(DemoCustomer.names),
            "message": pick(DemoCustomer.questions),
            "reference": "REF\(Int.random(in: 100_000...101_500))",
        ]
        guard let chat: Chat = try? await site.send("POST", "/api/v1/chats", start, token: nil), let token = chat.token
        else { return }
        try? await talk(chat.id, token)
        let _: Anything? = try? await site.send(
            "PUT", "/api/v1/chats/\(chat.id)/rating", ["stars": String(Int.random(in: 3...5))], token: token)
    }

    private func talk(_ id: Int, _ token: String) async throws {
        let turns = Int.random(in: 2...5)
        let patience = Duration.seconds(Int.random(in: 60...600))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await Task.sleep(for: patience)
                // Whoever is still waiting has had enough; a conversation goes on.
                let state: State = try await site.send("GET", "/api/v1/chats/\(id)", [:], token: token)
                if state.status == "waiting" { try await end(id, token) }
            }
            group.addTask {
                var said = 0
                try await site.listen("/api/v1/chats/\(id)/live", token: token) { event, data in
                    if event == "chat" {
                        return try JSONDecoder().decode(State.self, from: data).status != "ended"
                    }
                    guard try JSONDecoder().decode(Message.self, from: data).author == "adviser" else { return true }
                    said += 1
                    try await Task.sleep(for: .milliseconds(Int.random(in: 2_000...8_000)))
                    if said >= turns {
                        try await end(id, token)
                    } else {
                        let _: Anything = try await site.send(
                            "POST", "/api/v1/chats/\(id)/messages",
                            ["text": pick(DemoCustomer.words), "clientId": "demo-\(said)"], token: token)
                    }
                    return true
                }
            }
            defer { group.cancelAll() }
            // The talk may outlast the patience; the patience never outlasts the talk.
            _ = try await group.next()
            _ = try await group.next()
        }
    }

    private func end(_ id: Int, _ token: String) async throws {
        let _: Anything = try await site.send("POST", "/api/v1/chats/\(id)/ending", [:], token: token)
    }

    private func pick(_ list: [String]) -> String {
        list[Int.random(in: 0..<list.count)]
    }
}
