import Foundation

/// A simulated adviser: accepts, answers, wraps up, and now and then has a break.
struct DemoAdviser: Sendable {
    let site: DemoSite
    let way: DemoBody.WayIn
    let number: Int

    private struct Session: Decodable, Sendable { let token: String }
    private struct Anything: Decodable, Sendable {}
    private struct Desk: Decodable, Sendable {
        let status: String
        let offers: [Offer]
        let contacts: [Contact]
        struct Offer: Decodable, Sendable { let id: Int }
        struct Contact: Decodable, Sendable { let id: Int; let state: String; let lastNumber: Int }
    }
    private struct Message: Decodable, Sendable { let contact: Int; let author: String; let number: Int }

    private static let answers = [
        "Thank you, I have your record in front of me.", "Let me check that for you.",
        "That change takes about three days to appear.", "You do not need to do anything else for now.",
        "I have put a note on your record about this.", "Is there anything else?",
    ]

    func work() async {
        while !Task.isCancelled {
            // Whatever goes wrong, an adviser signs in again, as a person would.
            try? await shift()
            try? await Task.sleep(for: .seconds(5))
        }
    }

    private func shift() async throws {
        let session: Session = try await site.send(
            "POST", "/api/v1/sessions", ["username": way.username, "password": way.password], token: nil)
        let place = ["home", "home", "office", "touchdown"][number % 4]
        try await be("available", place, session)
        try await withThrowingDiscardingTaskGroup { group in
            var answered: Set<Int> = []
            try await site.listen("/api/v1/desk/live", token: session.token) { event, data in
                if event == "desk" {
                    let desk = try JSONDecoder().decode(Desk.self, from: data)
                    for offer in desk.offers where answered.insert(-offer.id).inserted {
                        group.addTask { await accept(offer.id, session) }
                    }
                    for contact in desk.contacts where contact.state == "wrapUp" && answered.insert(contact.id).inserted
                    {
                        group.addTask { await wrapUp(contact.id, session) }
                    }
                    if desk.status == "missed" { group.addTask { try? await be("available", place, session) } }
                } else if event == "message" {
                    let message = try JSONDecoder().decode(Message.self, from: data)
                    if message.author == "customer" { group.addTask { await reply(to: message, session) } }
                }
                return true
            }
        }
    }

    private func be(_ status: String, _ place: String, _ session: Session) async throws {
        let _: Anything = try await site.send(
            "PUT", "/api/v1/desk/status", ["status": status, "place": place], token: session.token)
    }

    private func accept(_ offer: Int, _ session: Session) async {
        try? await Task.sleep(for: .milliseconds(Int.random(in: 600...4_000)))
        let _: Anything? = try? await site.send("POST", "/api/v1/offers/\(offer)/acceptance", [:], token: session.token)
    }

    private func reply(to message: Message, _ session: Session) async {
        try? await Task.sleep(for: .milliseconds(Int.random(in: 2_500...9_000)))
        let text = DemoAdviser.answers[(message.contact + message.number) % DemoAdviser.answers.count]
        let _: Anything? = try? await site.send(
            "POST", "/api/v1/chats/\(message.contact)/messages",
            ["text": text, "clientId": "\(way.username)-\(message.number)"], token: session.token)
    }

    private func wrapUp(_ contact: Int, _ session: Session) async {
        try? await Task.sleep(for: .milliseconds(Int.random(in: 3_000...15_000)))
        let code = ["answered", "changed", "signposted"][contact % 3]
        let _: Anything? = try? await site.send(
            "POST", "/api/v1/contacts/\(contact)/wrap-up", ["code": code, "note": ""], token: session.token)
    }
}
