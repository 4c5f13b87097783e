public import Values

/// Why a forecast cannot be made.
public enum ForecastRefusal: Refusal, Equatable {
    /// One interval or none.
    case tooShort
    /// More than a century.
    case tooLong
    /// A count or a time under 0.
    case negative(Moment)
    /// Two intervals with one start.
    case twice(Moment)
    /// A length of intervals that does not divide a day into whole minutes.
    case interval(Duration)
    /// A start beside the slots into which intervals divide a day.
    case offBeat(Moment, Duration)
    /// A horizon of nothing, or over two years.
    case horizon(Duration)
    /// A share for the intervals that is none.
    case coverage(Double)
    /// An earlier scheme of which nothing is known from its launch on.
    case noEarlier(Day)
    /// An earlier scheme of which fewer days are known than are asked for.
    case shortEarlier(Int, Int)
    /// A population or a rate of contact that is none.
    case size(Double)

    public var sentence: String {
        switch self {
        case .tooShort: "One interval is no history. Give at least two; two weeks for a forecast that knows weekdays."
        case .tooLong: "The history spans more than a hundred years. Check the years of its starts."
        case .negative(let start): "The interval at \(start) has a number below 0. Give 0 or more."
        case .twice(let start): "Two intervals begin at \(start). Add them up, or remove one."
        case .interval(let length):
            "Intervals of \(length.inWords) do not divide a day. Give intervals of whole minutes, such as 5, 15, 30 or 60, or whole days."
        case .offBeat(let start, let length):
            "The interval at \(start) does not begin where intervals of \(length.inWords) do by the clock of the time zone. Check it, and the zone."
        case .horizon(let time): "A forecast cannot reach \(time.inWords) ahead. Give from one interval to 730 days."
        case .coverage(let share): "Bounds cannot hold a share of \(share). Give one from 0.001 to 0.9999, such as 0.9."
        case .noEarlier(let day):
            "The earlier scheme has no contacts from its launch on \(day). Check the day and the file."
        case .shortEarlier(let known, let asked):
            "The earlier scheme is known for \(known) days from its launch, and \(asked) are asked for. Give a horizon of \(known)d, with the contacts that each person makes in that time; or a longer history."
        case .size(let number):
            "\(number) is no size of a scheme. Give a population, and contacts for each person in it, over 0 and together below a thousand million million."
        }
    }

    /// The start of the interval that is wrong, where one is.
    public var start: Moment? {
        switch self {
        case .negative(let start), .twice(let start), .offBeat(let start, _): start
        default: nil
        }
    }
}
