/// How much paid time is no time at the queue: leave, illness, training, breaks, meetings.
public struct Shrinkage: Equatable, Sendable {
    /// The share of paid time that is lost; 0 to under 1.
    public let share: Double

    /// A share. Refuses what is not from 0 to under 1.
    public init(_ share: Double) throws(StaffingRefusal) {
        guard share >= 0, share < 1 else { throw .share("shrinkage", share) }
        self.share = share
    }

    /// How many must be on the rota so that so many answer: agents / (1 - share), rounded up. 14 at 30 % are 20.
    public func rostered(for agents: Int) -> Int {
        // A quotient that is whole but for its last digit is meant to be whole.
        let exact = Double(agents) / (1 - share)
        let near = exact.rounded()
        return Int(clamping: Int64(exactly: (abs(exact - near) <= near * 1e-12 ? near : exact.rounded(.up))) ?? .max)
    }
}
