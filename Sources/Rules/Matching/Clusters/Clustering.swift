/// Which records are the same: a partition of the rows 0 ..< count.
public struct Clustering: Equatable, Sendable {
    /// For each row the smallest row of its cluster; its own when it is alone.
    public internal(set) var labels: [UInt32]

    /// - Parameter labels: for each row the smallest row of its cluster.
    public init(labels: [UInt32]) {
        for (row, label) in labels.enumerated() {
            precondition(label <= row && labels[Int(label)] == label, "A label is the smallest row of the cluster.")
        }
        self.labels = labels
    }

    /// Rows with equal keys are together, such as the clusters' names in a file.
    public init<Key: Hashable>(grouping keys: some Sequence<Key>) {
        var firsts: [Key: UInt32] = [:]
        labels = []
        for (row, key) in keys.enumerated() {
            let label = firsts[key] ?? UInt32(row)
            firsts[key] = label
            labels.append(label)
        }
    }

    init(trusted labels: [UInt32]) {
        self.labels = labels
    }

    /// How many records there are.
    public var count: Int { labels.count }

    /// How many records the cluster has whose smallest row this is, for each row; 0 for all other rows.
    public func sizes() -> [UInt32] {
        var sizes = [UInt32](repeating: 0, count: labels.count)
        sizes.withUnsafeMutableBufferPointer { sizes in
            for label in labels { sizes[Int(label)] += 1 }
        }
        return sizes
    }

    /// The rows of each cluster of at least so many records, in order of their rows.
    public func clusters(ofAtLeast least: Int = 2) -> [[UInt32]] {
        let sizes = sizes()
        var places: [UInt32: Int] = [:]
        var clusters: [[UInt32]] = []
        for (row, label) in labels.enumerated() where sizes[Int(label)] >= least {
            if let place = places[label] {
                clusters[place].append(UInt32(row))
            } else {
                places[label] = clusters.count
                clusters.append([UInt32(row)])
            }
        }
        return clusters
    }
}
