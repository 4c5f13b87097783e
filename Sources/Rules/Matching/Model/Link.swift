/// Two records that were compared, by their rows, and the weight for them being the same.
public struct Link: Hashable, Sendable {
    /// Rows from 0. Where a model says different things of left and right, the left record is the one whose source and
    /// name sort first; else it is the lower row.
    public var left: UInt32
    public var right: UInt32
    /// Log2 of the odds that they match, the prior included.
    public var weight: Double

    public init(_ left: UInt32, _ right: UInt32, weight: Double) {
        self.left = left
        self.right = right
        self.weight = weight
    }
}
