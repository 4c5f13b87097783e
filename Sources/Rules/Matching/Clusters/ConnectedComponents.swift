/// Which records hang together by links, found while the links stream by: 4 bytes for each record, none for a link.
///
/// Union-find with M. Rem's splicing (E. W. Dijkstra, "A discipline of programming", 1976; measured against the others by
/// M. Patwary, J. Blair, F. Manne, "Experiments on union-find algorithms for the disjoint-set data structure", 2010).
/// A parent's row is never above its child's, so each root is the smallest row of its cluster, whatever the order of
/// the links.
public struct ConnectedComponents: Sendable {
    private var parents: [UInt32]

    /// - Parameter count: how many records there are; their rows are 0 ..< count. At most 2³² - 1.
    public init(count: Int) {
        precondition(count >= 0 && count <= Int(UInt32.max), "Rows are counted in 32 bits.")
        parents = Array(0..<UInt32(count))
    }

    public var count: Int { parents.count }

    /// Joins the clusters of the two records; says whether they were two.
    @discardableResult
    public mutating func join(_ left: UInt32, _ right: UInt32) -> Bool {
        parents.withUnsafeMutableBufferPointer { Self.join(left, right, in: $0) }
    }

    /// Joins the ends of the link, whatever its weight.
    public mutating func add(_ link: Link) {
        join(link.left, link.right)
    }

    /// Joins the ends of every link that weighs at least so much. A weight that is no number never does.
    public mutating func add(_ links: UnsafeBufferPointer<Link>, atLeast weight: Double = -.infinity) {
        parents.withUnsafeMutableBufferPointer { parents in
            for link in links where link.weight >= weight { Self.join(link.left, link.right, in: parents) }
        }
    }

    /// The smallest row of the record's cluster.
    public mutating func label(of row: UInt32) -> UInt32 {
        parents.withUnsafeMutableBufferPointer { parents in
            precondition(Int(row) < parents.count, "The row must be one of the records.")
            var row = Int(row)
            while parents[row] != row {
                parents[row] = parents[Int(parents[row])]
                row = Int(parents[row])
            }
            return UInt32(row)
        }
    }

    /// For each row the smallest row of its cluster.
    public mutating func labels() -> [UInt32] {
        parents.withUnsafeMutableBufferPointer { parents in
            // Parents stand before their children, so theirs is settled already: one pass is enough.
            for row in parents.indices { parents[row] = parents[Int(parents[row])] }
        }
        return parents
    }

    /// Starts again with so many records, each alone, in the same memory.
    mutating func reset(count: Int) {
        parents.removeAll(keepingCapacity: true)
        parents.append(contentsOf: 0..<UInt32(count))
    }

    @discardableResult
    private static func join(_ left: UInt32, _ right: UInt32, in parents: UnsafeMutableBufferPointer<UInt32>) -> Bool {
        var left = Int(left)
        var right = Int(right)
        precondition(left < parents.count && right < parents.count, "Both rows of a link must be among the records.")
        while parents[left] != parents[right] {
            if parents[left] < parents[right] { swap(&left, &right) }
            let above = Int(parents[left])
            parents[left] = parents[right]
            if above == left { return true }
            left = above
        }
        return false
    }
}
