import Contacts
import Storage
import Values
import Web

/// A chat as something to keep.
struct Transcript: Sendable {
    let talk: Talk
    let messages: [Message]

    init(of talk: Talk, in transaction: Transaction) throws {
        self.talk = talk
        messages = try Message.all(of: talk.contact.id, in: transaction)
    }

    var asText: String {
        let contact = talk.contact
        var lines = [
            "\(talk.queue.name), chat \(contact.id)",
            "With: \(contact.customerName)\(contact.reference.map { ", reference \($0)" } ?? "")",
            "Began: \(Wording.stamp(contact.arrivedAt, in: talk.queue.zone))",
        ]
        if let endedAt = contact.endedAt { lines.append("Ended: \(Wording.stamp(endedAt, in: talk.queue.zone))") }
        lines.append("")
        for message in messages {
            lines.append("[\(Wording.stamp(message.at, in: talk.queue.zone))] \(message.name):")
            lines.append(message.text)
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}
