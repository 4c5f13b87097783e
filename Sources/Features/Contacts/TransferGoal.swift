import People
import Storage
import Values
import Web

/// Where a contact is handed on to.
enum TransferGoal: Sendable {
    case queue(String)
    case adviser(Person.ID)

    init(_ form: inout Form) throws {
        let queue = form.sent("queue")
        if form.isBlank("queue") == form.isBlank("adviser") {
            form.refuse("queue", "Choose a queue or an adviser, one of both.")
        }
        let colleague = form.id("adviser", as: Person.ID.self, otherwise: "Choose an adviser from the list.")
        try form.check()
        self = colleague.map { .adviser($0) } ?? .queue(queue)
    }
}

extension Contact {
    /// Hands it on, and says to whom, as its customer is told.
    func transfer(
        to goal: TransferGoal, note: String?, by adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws -> String {
        switch goal {
        case .queue(let name):
            let queue = try Queue.find(named: name, in: transaction)
            try transfer(to: queue, note: note, by: adviser, at: now, in: transaction)
            return queue.name
        case .adviser(let colleague):
            try transfer(to: colleague, note: note, by: adviser, at: now, in: transaction)
            return "a colleague"
        }
    }
}
