/// One line of a cluster book's history.
public struct ClusterEvent: Hashable, Sendable {
    public enum What: String, Hashable, Sendable, CaseIterable {
        /// The cluster begins with this record, which is new.
        case birth
        /// The new record joins the cluster.
        case growth
        /// The record leaves the other cluster for this one, which may be new by it.
        case split
        /// All records of the other cluster, whose name ends here, are now in this one.
        case merge
        /// The record leaves the cluster and the book.
        case erasure
        /// The cluster has no records any more; its name is not used again.
        case end
    }

    /// 1, 2, 3, …, without gaps.
    public var number: Int
    /// When it was, in the words of whoever made the change.
    public var when: String
    public var what: What
    public var cluster: UInt32
    /// The cluster that was left, or that was merged into this one.
    public var other: UInt32?
    /// The row of the record; nil for merges and ends, and for a record that is known no more.
    public var record: UInt32?

    public init(number: Int, when: String, _ what: What, _ cluster: UInt32, other: UInt32? = nil, record: UInt32? = nil)
    {
        self.number = number
        self.when = when
        self.what = what
        self.cluster = cluster
        self.other = other
        self.record = record
    }
}

/// What happened since a cluster book was last kept.
public struct ClusterChange: Sendable {
    /// When, for the history.
    public var when: String
    /// The rows of records that the book does not have yet.
    public var records: [UInt32] = []
    /// Links that were found, of new records and of old ones, all at or above the threshold.
    public var links: [Link] = []
    /// The rows of records that leave the book.
    public var erased: [UInt32] = []
    /// Pairs that are linked no more.
    public var withdrawn: [Pair] = []
    /// The rows of records in the book whose values changed: of their links, only those among `links` still hold.
    public var corrected: [UInt32] = []
    /// When something is erased, withdrawn or corrected: the links that still hold inside the clusters that lose it. Others do no
    /// harm, so it may simply be all links. See ``ClusterBook/clustersLosing(by:)``.
    public var remaining: [Link] = []

    public init(when: String) {
        self.when = when
    }

    /// Two records, in either order.
    public struct Pair: Hashable, Sendable {
        public let left, right: UInt32

        public init(_ one: UInt32, _ other: UInt32) {
            left = min(one, other)
            right = max(one, other)
        }
    }
}
