import People
import Storage
import Synchronization
import Values
import Web

/// How far a live desk has been told, contact by contact: `17:5,23:9`. It travels as the id of an event, and a
/// desk that comes back says it, so that it is told the rest and nothing twice.
struct Seen: Sendable, CustomStringConvertible {
    private(set) var numbers: [Contact.ID: Int] = [:]

    init(_ text: String) {
        for pair in text.split(separator: ",").prefix(100) {
            let halves = pair.split(separator: ":")
            guard halves.count == 2, let id = Contact.ID(String(halves[0])), let number = Int(halves[1]) else { continue }
            numbers[id] = max(0, number)
        }
    }

    /// Only these contacts are of interest; those not seen yet start at nothing.
    mutating func keep(_ contacts: [Contact.ID]) {
        numbers = Dictionary(uniqueKeysWithValues: contacts.map { ($0, numbers[$0] ?? 0) })
    }

    mutating func note(_ number: Int, of contact: Contact.ID) {
        numbers[contact] = max(number, numbers[contact] ?? 0)
    }

    var description: String {
        numbers.sorted { $0.key < $1.key }.map { "\($0):\($1)" }.joined(separator: ",")
    }
}

/// Reads what is new at one desk since its last look.
final class DeskReader: Sendable {
    private struct Last: Sendable {
        var seen: Seen
        var told = ""
    }

    private let person: Person
    private let last: Mutex<Last>

    init(person: Person, seen: Seen) {
        self.person = person
        last = Mutex(Last(seen: seen))
    }

    func look(_ conversations: Conversations, at now: Moment, in transaction: Transaction) throws -> [Event] {
        let view = try DeskView(of: person, through: conversations, at: now, in: transaction)
        var seen = last.withLock { $0.seen }
        seen.keep(view.contacts.map(\.id))
        var events: [Event] = []
        let lines = try conversations.said(seen.numbers, transaction)
        let state = try view.fingerprint()
        let isNew = last.withLock { last in
            defer { last.told = state }
            return last.told != state
        }
        // The desk first: a line belongs to a contact that is known by then.
        if isNew { events.append(try Event("desk", view)) }
        for line in lines {
            seen.note(line.number, of: line.contact)
            events.append(try Event("message", id: seen.description, line))
        }
        last.withLock { [seen] in $0.seen = seen }
        return events
    }
}

extension DeskView {
    /// The state without the time of day, to see whether anything has changed.
    fileprivate func fingerprint() throws -> String {
        var view = self
        view.now = .earliest
        return try JSON.text(of: view)
    }
}
