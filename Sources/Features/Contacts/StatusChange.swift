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

    /// The reason that is noted: a break has one from the list, or any where there is no list.
    ///
    /// Whoever is on a break already and only changes the place keeps what there is, also where it is nothing because
    /// the platform has put them on that break.
    ///
    /// - Throws: `DeskRefusal` when a break begins without a reason, or with one that is not in the list.
    func noted(at desk: Desk, in transaction: Transaction) throws -> String? {
        guard status == .onBreak else { return reason }
        guard let reason else {
            guard desk.status == .onBreak else { throw DeskRefusal.noReason }
            return desk.reason
        }
        let known = try transaction.rows("SELECT title FROM break_reason").map {
            try $0.value("title", as: String.self)
        }
        if !known.isEmpty, !known.contains(reason) { throw DeskRefusal.unknownReason(reason) }
        return reason
    }
}
