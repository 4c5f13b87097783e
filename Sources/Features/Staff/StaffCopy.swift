import People
import Storage
import Values

/// A copy of what is kept about a member of staff, for whoever has a right to it: herself, a court.
///
/// What she did for customers is in their contacts, and is copied with these.
struct StaffCopy: Encodable, Sendable {
    let madeAt: Moment
    let person: PersonRecord
    let sessions: [Stay]
    let usualAddresses: [UsualPlace]
    let identities: [Link]
    /// Nil when she has no password here.
    let passwordChangedAt: Moment?
    /// The entries of the audit trail about her, oldest first.
    let entries: [ToldEntry]

    struct Stay: Encodable, Sendable { let id: Session.ID; let address: String; let madeAt, seenAt: Moment }
    struct UsualPlace: Encodable, Sendable { let address: String; let lastAt: Moment }
    struct Link: Encodable, Sendable { let provider, subject: String }

    /// Copies it all; the audit trail, and so the copy itself, says who did and why.
    init(of id: Person.ID, because purpose: String, by act: Act, in transaction: Transaction) throws {
        let today = Day(act.at)
        let found = try Person.find(id, on: today, in: transaction)
        try Audit.append(act.entry("staff copied", Subject(id), ["purpose": purpose]), in: transaction)
        madeAt = act.at
        person = try PersonRecord(found, on: today, in: transaction)
        sessions = try Session.all(of: id, in: transaction).map {
            Stay(id: $0.id, address: $0.address, madeAt: $0.madeAt, seenAt: $0.seenAt)
        }
        usualAddresses = try transaction.rows(
            "SELECT address, last_at FROM usual_address WHERE person_id = \(id) ORDER BY address"
        ).map { UsualPlace(address: try $0.value("address"), lastAt: try $0.value("last_at")) }
        identities = try transaction.rows(
            "SELECT provider, subject FROM person_identity WHERE person_id = \(id) ORDER BY provider, subject"
        ).map { Link(provider: try $0.value("provider"), subject: try $0.value("subject")) }
        passwordChangedAt = try transaction.row("SELECT changed_at FROM credential WHERE person_id = \(id)")?
            .value("changed_at")
        entries = try StaffCopy.entries(about: id, on: today, in: transaction)
    }

    private static func entries(
        about id: Person.ID, on today: Day, in transaction: Transaction
    ) throws -> [ToldEntry] {
        var records: [AuditRecord] = []
        let question = AuditQuestion(subject: Subject(id)), portion = 500
        repeat {
            let more = try Audit.page(
                question, before: records.last?.link.number, limit: portion, in: transaction)
            records += more
            if more.count < portion { break }
        } while true
        let names = try ToldEntry.names(in: records, on: today, in: transaction)
        return records.reversed().map { ToldEntry($0, names) }
    }
}
