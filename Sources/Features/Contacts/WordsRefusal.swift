import Values

/// A planner's words say no.
enum WordsRefusal: Refusal, Equatable {
    case unknown, lastCode

    var sentence: String {
        switch self {
        case .unknown: "There is no such ready reply or wrap-up code any more."
        case .lastCode: "This is the last wrap-up code, and wrap-up needs one. Add another first."
        }
    }

    var kind: RefusalKind { self == .unknown ? .notFound : .conflict }
}
