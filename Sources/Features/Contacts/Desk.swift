import People
import Values

/// The adviser's place of work, wherever she is: what she says of herself, and what she has to do.
struct Desk: Equatable, Sendable {
    let adviser: Person.ID
    let status: Status
    let reason: String?
    let place: Place
    let since: Moment
    let idleSince: Moment
    let seenAt: Moment
    /// So many chats at once at the most.
    let chats: Int
    let doing: Doing
    let doingSince: Moment

    /// What she says, or what has become of her.
    enum Status: String, CaseIterable, Sendable {
        case available
        case onBreak = "break"
        case training, offline
        /// An offer ran out; she is not offered anything until she is back.
        case missed
        /// Nothing was heard of her desk for too long.
        case lineLost = "line_lost"
        /// No adviser any more: she finishes the contacts she has and is offered no others.
        case leaving

        /// The ones she can choose.
        static let chosen: [Status] = [.available, .onBreak, .training, .offline]
    }

    /// What her time counts as.
    enum Doing: String, Sendable {
        /// Available, with nothing to do.
        case idle
        case handling
        case wrapUp = "wrap_up"
        case onBreak = "break"
        case training, offline, missed, lineLost = "line_lost"

        /// Work first: an adviser on a break who still has a chat is handling.
        init(status: Status, active: Int, wrapUps: Int) {
            if active > 0 {
                self = .handling
            } else if wrapUps > 0 {
                self = .wrapUp
            } else {
                switch status {
                case .available: self = .idle
                case .onBreak: self = .onBreak
                case .training: self = .training
                case .offline: self = .offline
                case .missed: self = .missed
                case .lineLost: self = .lineLost
                case .leaving: self = .offline
                }
            }
        }
    }
}

/// A desk says no.
enum DeskRefusal: Refusal, Equatable {
    case stillTalking(Int)
    case noReason
    case unknownReason(String)

    var sentence: String {
        switch self {
        case .stillTalking(let count):
            count == 1
                ? "You still have a conversation. End or transfer it, then go offline."
                : "You still have \(count) conversations. End or transfer them, then go offline."
        case .noReason: "Say why you take a break: choose a reason."
        case .unknownReason(let reason):
            "There is no break reason \"\(reason.prefix(40))\". Your desk lists those there are."
        }
    }

    var kind: RefusalKind {
        switch self {
        case .stillTalking: .conflict
        case .noReason, .unknownReason: .invalid
        }
    }
}
