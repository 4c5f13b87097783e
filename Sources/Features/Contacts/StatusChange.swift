import People
import Storage
import Values
import Web

/// What an adviser says of herself, as it was sent.
struct StatusChange: Sendable {
    let status: Desk.Status
    let reason: String?
    let place: Place?

    init(_ form: inout Form) throws {
        let word = form.sent("status")
        if !Desk.Status.chosen.contains(where: { $0.rawValue == word }) {
            form.refuse("status", "Choose a status: one of available, break, training, offline.")
        }
        place = form.isBlank("place") ? nil : form.choice("place", "where you work", as: Place.self)
        reason = form.optionalLine("reason", "the reason", upTo: 80)
        try form.check()
        status = Desk.Status(rawValue: word) ?? .offline
    }

    /// A break has a reason from the list; without a list any will do.
    func checkReason(in transaction: Transaction) throws {
        guard status == .onBreak, let reason else { return }
        let known = try transaction.rows("SELECT title FROM break_reason").map {
            try $0.value("title", as: String.self)
        }
        if !known.isEmpty, !known.contains(reason) { throw DeskRefusal.unknownReason(reason) }
    }
}
