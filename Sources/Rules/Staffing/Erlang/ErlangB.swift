/// The loss system M/M/n/n: calls that find every one of n lines taken are gone.
///
/// Source: A. K. Erlang, 1917; the recursion in the number of lines is that of every textbook since.
public struct ErlangB: Equatable, Sendable {
    /// The offered load in erlangs: arrivals a second times seconds a call; 0 or more.
    public let load: Double
    /// How many lines there are; 0 or more.
    public let lines: Int
    /// The share of calls that are lost, 0 to 1.
    public let blocking: Double

    /// Takes a number of steps that is that of the lines.
    public init(load: Double, lines: Int) {
        precondition(load >= 0 && load.isFinite, "a load is a number of erlangs, 0 or more")
        precondition(lines >= 0, "there cannot be fewer than no lines")
        self.load = load
        self.lines = lines
        blocking = stride(from: 1, through: lines, by: 1).reduce(1) { blocked, line in
            load * blocked / (Double(line) + load * blocked)
        }
    }
}
