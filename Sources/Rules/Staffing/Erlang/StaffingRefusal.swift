public import Values

/// Why a question about staff has no answer.
public enum StaffingRefusal: Refusal, Equatable {
    /// Not a number of contacts.
    case contacts(Double)
    /// Contacts within no time.
    case interval(Duration)
    /// Contacts that take no time.
    case handling(Duration)
    /// More load than is reckoned with, in erlangs.
    case tooMuch(Double)
    /// A mean patience of nothing or less.
    case patience(Duration)
    /// Too few to answer anything.
    case agents(Int)
    /// Whoever never hangs up waits for ever: the load that comes, and the load that could be carried, in erlangs.
    case overload(load: Double, places: Double)
    /// A target that no staff or every staff meets.
    case target(Double)
    /// More advisers than this would be needed.
    case moreThan(Int)
    /// No number of chats for one adviser.
    case chats(Int)
    /// A slowing down by other chats that is none.
    case slowdown(Double)
    /// A share that is none: what is shared, and the number.
    case share(String, Double)

    public var sentence: String {
        switch self {
        case .contacts(let number): "\(number) is no number of contacts. Give 0 or more."
        case .interval(let time): "Contacts cannot come within \(time). Give the time in which they come, over 0."
        case .handling(let time): "A contact cannot take \(time). Give the average time it keeps an adviser, over 0."
        case .tooMuch(let load):
            "\(load) erlangs are more than anybody can staff. Check the number of contacts, their interval and how long they take."
        case .patience(let time):
            "Nobody has a patience of \(time). Give an average over 0, or none when nobody hangs up."
        case .agents(let count): "\(count) advisers answer nobody. Give one or more."
        case .overload(let load, let places):
            """
            \(load.rounded) erlangs come, and the advisers can carry under \(places.rounded): when nobody hangs up, the queue \
            grows for ever. Say how long people wait on average before they hang up (their patience), or take more advisers.
            """
        case .target(let share): "\(share) is no target. Give a share over 0 and under 1, such as 0.8 for 80 %."
        case .moreThan(let most): "More than \(most) advisers would be needed. Check the target and the demand."
        case .chats(let count): "An adviser cannot have \(count) chats at once. Give 1 to \(Concurrency.most)."
        case .slowdown(let share):
            "Other chats cannot slow one down by \(share). Give 0 (not at all) to 1 (nothing is gained)."
        case .share(let what, let share):
            "\(share) is no \(what). Give a share from 0 to under 1, such as 0.3 for 30 %."
        }
    }
}

extension Double {
    /// With two digits after the point, or none when none are needed.
    fileprivate var rounded: String {
        let near = (self * 100).rounded() / 100
        return near == near.rounded() && abs(near) < 1e15 ? "\(Int64(near))" : "\(near)"
    }
}
