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
            guard halves.count == 2, let id = Contact.ID(String(halves[0])), let number = Int(halves[1]) else {
                continue
            }
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
    fileprivate struct Last: Sendable {
        var seen: Seen
        var told: DeskView?
        var revision: Int?
    }

    /// What changes without a ring, such as the names of queues, is found after so long.
    fileprivate static let patience = Duration.minutes(1)

    private let person: Person
    private let last: Mutex<Last>

    init(person: Person, seen: Seen) {
        self.person = person
        last = Mutex(Last(seen: seen))
    }

    func look(_ conversations: Conversations, at now: Moment, in transaction: Transaction) throws -> [Event] {
        var last = last.withLock { $0 }
        var events: [Event] = []
        let revision = try DeskRevision.of(person.id, in: transaction)
        if last.isDue(revision, at: now) {
            let view = try DeskView(of: person, through: conversations, at: now, in: transaction)
            last.seen.keep(view.contacts.map(\.id))
            // The desk first: a line belongs to a contact that is known by then.
            if last.told?.isSame(as: view) != true { events.append(try Event("desk", view)) }
            last.told = view
            last.revision = revision
        }
        for line in try conversations.said(last.seen.numbers, transaction) {
            last.seen.note(line.number, of: line.contact)
            events.append(try Event("message", id: last.seen.description, line))
        }
        self.last.withLock { [last] in $0 = last }
        return events
    }
}

extension DeskReader.Last {
    /// Whether the desk may show something else by now. That a customer writes passes by itself.
    fileprivate func isDue(_ revision: Int?, at now: Moment) -> Bool {
        guard let told, let revision else { return true }
        return revision != self.revision || now - told.now >= DeskReader.patience
            || told.contacts.contains(where: \.customerIsTyping)
    }
}

extension DeskView {
    /// Whether both show the same, apart from the time of day and from how far the conversations are: that is
    /// told by the messages themselves.
    fileprivate func isSame(as other: DeskView) -> Bool {
        timeless == other.timeless
    }

    private var timeless: DeskView {
        var view = self
        view.now = .earliest
        for index in view.contacts.indices { view.contacts[index].lastNumber = 0 }
        return view
    }
}
