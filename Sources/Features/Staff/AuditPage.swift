import Foundation
import People
import Storage
import Values
import Web

/// A page of the audit trail, newest first, and whether the chain holds.
struct AuditPage: Page {
    static let template = "audit"
    let title = "Audit trail"
    let person, subject, from, to: String
    let acts, kinds: [Option]
    var errors: [Problem.Field] = []
    var problem: [String: String] = [:]
    let entries: [Line]
    let pager: Pager?
    let isSound: Bool?
    let verdict: String

    struct Option: Encodable, Sendable { let value, label: String; let isChosen: Bool }
    struct Pager: Encodable, Sendable { let range: String; let next: String? }
    struct Line: Encodable, Sendable {
        let at: Moment
        let time, who, act, subject: String
        let subjectAddress, origin: String?
        let detail: String
        let told: ToldEntry
    }

    /// The trail as programs are told of it.
    struct Record: Encodable, Sendable {
        let acts, kinds: [String]
        let entries: [ToldEntry]
        let next: String?
        let isSound: Bool?
        let verdict: String
    }

    var record: Record {
        Record(
            acts: acts.map(\.value).filter { !$0.isEmpty }, kinds: kinds.map(\.value).filter { !$0.isEmpty },
            entries: entries.map(\.told),
            next: pager?.next.map { "/api/v1\($0)" }, isSound: isSound, verdict: verdict)
    }

    init(
        _ filter: AuditFilter, _ question: AuditQuestion, _ before: Int64?, _ limit: Int,
        _ found: AuditWatch.Finding?, today: Day, in transaction: Transaction
    ) throws {
        let records = try Audit.page(question, before: before, limit: limit + 1, in: transaction)
        let shown = Array(records.prefix(limit))
        let names = try ToldEntry.names(in: shown, on: today, in: transaction)
        let next = records.count > limit ? shown.last?.link.number : nil
        let size = limit == 50 ? "" : "limit=\(limit)&"
        let pager =
            next == nil && before == nil
            ? nil
            : Pager(range: "\(shown.count) shown", next: next.map { "/audit?\(filter.query)\(size)before=\($0)" })
        try self.init(filter, shown.map { Line($0, names) }, pager, found, in: transaction)
    }

    /// The form again, with what was wrong in it.
    init(
        _ filter: AuditFilter, refusal: FormRefusal, verdict found: AuditWatch.Finding?, in transaction: Transaction
    ) throws {
        try self.init(filter, [], nil, found, in: transaction)
        errors = refusal.errors
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
    }

    private init(
        _ filter: AuditFilter, _ entries: [Line], _ pager: Pager?, _ found: AuditWatch.Finding?,
        in transaction: Transaction
    ) throws {
        (person, subject, from, to) = (filter.person, filter.subject, filter.from, filter.to)
        acts = Option.all(try AuditPage.acts(in: transaction), chosen: filter.act, or: "All")
        kinds = Option.all(try AuditPage.kinds(in: transaction), chosen: filter.kind, or: "Anything")
        self.entries = entries
        self.pager = pager
        (isSound, verdict) = AuditPage.worded(found)
    }

    private static func worded(_ found: AuditWatch.Finding?) -> (Bool?, String) {
        guard let found else {
            return (nil, "The chain is being followed for the first time. Look again in a few minutes.")
        }
        let time = Wording.stamp(found.at, in: .staff), whole = Wording.stamp(found.wholeAt, in: .staff)
        switch found.verdict {
        case .sound(let link):
            let rest = found.wholeAt == found.at ? "all of it" : "what is new; all of it on \(whole)"
            return (true, "The chain is sound up to entry \(link.number). Checked on \(time): \(rest).")
        case .broken(let number):
            return (
                false,
                "The chain is broken at entry \(number), checked on \(time). Keep the database as it is and compare it with a backup."
            )
        }
    }

    /// A detail in words; what is a sentence by itself needs no name.
    fileprivate static func worded(_ key: String, _ value: String) -> String {
        if ["summary", "text"].contains(key) { return value }
        let words = key.map { $0 == "_" ? " " : $0.isUppercase ? " \($0.lowercased())" : "\($0)" }.joined()
        return "\(words.prefix(1).uppercased() + words.dropFirst()): \(value)"
    }

    /// Every kind of act there is.
    private static func acts(in transaction: Transaction) throws -> [String] {
        try distinct("action", in: transaction)
    }

    /// Every kind of thing that acts were done to.
    static func kinds(in transaction: Transaction) throws -> [String] {
        try distinct("subject_kind", in: transaction)
    }

    /// By hopping from one to the next in the index: a million entries cost no more than ten.
    private static func distinct(_ column: SQL, in transaction: Transaction) throws -> [String] {
        var all: [String] = []
        while all.count < 200 {
            let row = try transaction.row(
                "SELECT MIN(\(column)) AS word FROM audit_entry WHERE \(column) > \(all.last ?? "")")
            guard let next: String = try row?.optional("word") else { break }
            all.append(next)
        }
        return all
    }
}

extension AuditPage.Option {
    fileprivate static func all(_ words: [String], chosen: String, or none: String) -> [Self] {
        [Self(value: "", label: none, isChosen: chosen.isEmpty)]
            + words.map {
                Self(value: $0, label: $0.prefix(1).uppercased() + $0.dropFirst(), isChosen: $0 == chosen)
            }
    }
}

extension AuditPage.Line {
    init(_ record: AuditRecord, _ names: [Person.ID: String]) {
        told = ToldEntry(record, names)
        at = told.at
        time = Wording.stamp(told.at, in: .staff)
        who = told.actor?.name ?? "Touchdown"
        act = told.act.prefix(1).uppercased() + told.act.dropFirst()
        subject =
            told.subject.map { subject in
                subject.name
                    ?? [subject.kind, subject.number.map { "\($0)" }].compactMap(\.self).joined(separator: " ")
            } ?? ""
        subjectAddress = record.entry.subject?.person.map { "/staff/\($0)" }
        detail = told.detail.sorted { $0.key < $1.key }.map { AuditPage.worded($0.key, $0.value) }
            .joined(separator: "; ")
        origin = told.origin
    }
}

/// An entry of the audit trail as programs are told of it.
struct ToldEntry: Encodable, Sendable {
    let number: Int64
    let at: Moment
    /// Nil for the platform itself and for whoever was not signed in.
    let actor: Who?
    let act: String
    let subject: What?
    let detail: [String: String]
    let origin: String?
    let hash: String

    struct Who: Encodable, Sendable { let id: Person.ID; let name: String }
    struct What: Encodable, Sendable { let kind: String; let number: Int64?; let name: String? }

    /// The names of all people whom these records mention.
    static func names(
        in records: [AuditRecord], on today: Day, in transaction: Transaction
    ) throws -> [Person.ID: String] {
        let ids = Set(records.compactMap(\.entry.act.actor) + records.compactMap(\.entry.subject?.person))
        return Dictionary(
            uniqueKeysWithValues: try Person.find(Array(ids), on: today, in: transaction).map { ($0.id, $0.name) })
    }

    init(_ record: AuditRecord, _ names: [Person.ID: String]) {
        let entry = record.entry
        number = record.link.number
        hash = record.link.hash
        at = entry.act.at
        actor = entry.act.actor.map { Who(id: $0, name: names[$0] ?? "") }
        act = entry.action.rawValue
        subject = entry.subject.map {
            What(kind: $0.kind, number: $0.number, name: $0.person.flatMap { names[$0] })
        }
        detail =
            (try? JSONDecoder().decode([String: String].self, from: Data(entry.detail.utf8))) ?? ["text": entry.detail]
        origin = entry.act.address
    }
}

extension Subject {
    /// The person it is about, if it is about one.
    fileprivate var person: Person.ID? {
        kind == "person" ? number.map { Person.ID($0) } : nil
    }
}
