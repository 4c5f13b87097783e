import Storage
import Values
import Web

extension Report {
    /// Counts from the events, part by part in the order of their index.
    ///
    /// - Throws: `FormRefusal` that names the field when there is no such queue.
    static func read(_ question: Question, in transaction: Transaction) throws -> Report {
        let queue = try question.queue.map { try Queue.asked(for: $0, in: transaction) }
        let target = question.target ?? queue?.target ?? ServiceLevel.promise
        var total = Tally()
        let rows = try question.days.parts(by: question.by).map { part in
            let tally = try Tally.read(part.span, queue: queue?.id, target: target, in: transaction)
            total += tally
            return Row(part: part, tally: tally)
        }
        total.counts.stillWaiting = try Tally.stillWaiting(question.days.span, queue: queue?.id, in: transaction)
        return Report(
            question: question, queue: queue.map(QueueName.init), target: target,
            rows: rows, total: total)
    }
}

extension Queue {
    /// The queue that a field of a query names.
    ///
    /// - Throws: `FormRefusal` that names the field when there is none.
    static func asked(for name: String, in transaction: Transaction) throws -> Queue {
        do {
            return try find(named: name, in: transaction)
        } catch let refusal as QueueRefusal {
            throw FormRefusal(errors: [.init("queue", refusal.sentence)])
        }
    }
}
