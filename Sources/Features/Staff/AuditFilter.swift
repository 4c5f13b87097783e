import Foundation
import Hummingbird
import People
import Storage
import Values
import Web

/// What of the trail somebody wants to see, as they wrote it.
struct AuditFilter: Sendable {
    /// Who acted, what they did, on what kind of thing, and on which one of that kind.
    let person, act, kind, subject, from, to: String
    private let days: (from: Day?, to: Day?)
    private let errors: [Problem.Field]

    init(_ request: Request) {
        func sent(_ name: String) -> String { String((request.query(name) ?? "").prefix(100)) }
        (person, act, kind, subject) = (sent("person"), sent("act"), sent("kind"), sent("subject"))
        (from, to) = (sent("from"), sent("to"))
        do {
            days = try request.days()
            errors = []
        } catch {
            days = (nil, nil)
            errors = (error as? FormRefusal)?.errors ?? []
        }
    }

    /// The same as the beginning of an address's query.
    var query: String {
        [("person", person), ("act", act), ("kind", kind), ("subject", subject), ("from", from), ("to", to)]
            .filter { !$0.1.isEmpty }
            .map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
            .map { "\($0)&" }.joined()
    }

    /// - Throws: `FormRefusal` when a day is none, or when there is no such person or thing.
    func question(today: Day, in transaction: Transaction) throws -> AuditQuestion {
        if !errors.isEmpty { throw FormRefusal(errors: errors) }
        var question = AuditQuestion()
        if !person.isEmpty {
            guard let found = try colleague(person, today, transaction) else {
                throw refusal("person", "Nobody has the username or staff number \"\(person)\".")
            }
            question.actor = found
        }
        if !act.isEmpty { question.action = Action(rawValue: act) }
        question.subject = try thing(today, transaction)
        question.from = days.from.map { TimeZone.staff.moment(on: $0, minute: 0) }
        question.until = days.to.map { TimeZone.staff.moment(on: $0 + 1, minute: 0) }
        return question
    }

    private func thing(_ today: Day, _ transaction: Transaction) throws -> Subject? {
        if kind.isEmpty {
            if subject.isEmpty { return nil }
            throw refusal("kind", "Choose what kind of thing \"\(subject)\" is: a person, a contact or another.")
        }
        let kinds = try AuditPage.kinds(in: transaction)
        guard kinds.contains(kind) else {
            let known = kinds.isEmpty ? "" : " There are entries about: \(kinds.joined(separator: ", "))."
            throw refusal("kind", "No entry is about anything called \"\(kind)\".\(known)")
        }
        if subject.isEmpty { return Subject(kind) }
        if kind == "person" { return Subject(try person(named: subject, today, transaction)) }
        if let number = Int64(subject), number > 0 { return Subject(kind, number) }
        throw refusal("subject", "Write the number of the \(kind) alone, like 7; only people are found by name.")
    }

    /// By username, staff number, number or, where only one is called so, by name.
    private func person(named name: String, _ today: Day, _ transaction: Transaction) throws -> Person.ID {
        if let found = try colleague(name, today, transaction) { return found }
        if let number = Person.ID(name), let found = try Person.find([number], on: today, in: transaction).first {
            return found.id
        }
        let called = try Person.search(name, on: today, includingLeft: true, limit: 2, in: transaction).people
        if called.count > 1 {
            throw refusal("subject", "More than one person is called \"\(name)\". Write the staff number.")
        }
        guard let found = called.first else {
            throw refusal("subject", "Nobody has the name, username, staff number or number \"\(name)\".")
        }
        return found.id
    }

    private func colleague(_ name: String, _ today: Day, _ transaction: Transaction) throws -> Person.ID? {
        try Person.find(username: name, on: today, in: transaction)?.id
            ?? Person.find(staffNumber: name, on: today, in: transaction)?.id
    }

    private func refusal(_ field: String, _ sentence: String) -> FormRefusal {
        FormRefusal(errors: [.init(field, sentence)])
    }
}
