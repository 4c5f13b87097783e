/// Links gathered by the cluster they lie in, by a counting sort: 4 bytes for each record and the links once more.
struct LinksByCluster {
    private var links: [Link]
    /// Behind the last link of the cluster whose smallest row this is.
    private var ends: [UInt32]

    /// Takes the links with both ends in one cluster, of those clusters that are wanted.
    init(_ links: consuming [Link], labels: [UInt32], where isWanted: (_ label: Int) -> Bool) {
        precondition(links.count <= Int(UInt32.max), "Links that are kept are counted in 32 bits.")
        var ends = [UInt32](repeating: 0, count: labels.count)
        var total: UInt32 = 0
        let source = links
        func label(_ link: Link) -> Int? {
            let label = labels[Int(link.left)]
            return label == labels[Int(link.right)] && isWanted(Int(label)) ? Int(label) : nil
        }
        for link in source {
            if let label = label(link) { ends[label] += 1 }
        }
        for row in ends.indices {
            let count = ends[row]
            ends[row] = total
            total += count
        }
        self.links = [Link](unsafeUninitializedCapacity: Int(total)) { gathered, count in
            for link in source {
                guard let label = label(link) else { continue }
                gathered.initializeElement(at: Int(ends[label]), to: link)
                ends[label] += 1
            }
            count = Int(total)
        }
        self.ends = ends
    }

    /// Shows each cluster's links, in order of the clusters' smallest rows; the links of one stand in no order, and may
    /// be put into one.
    mutating func forEach(_ body: (_ label: UInt32, _ links: UnsafeMutableBufferPointer<Link>) -> Void) {
        links.withUnsafeMutableBufferPointer { links in
            var start = 0
            for (row, end) in ends.enumerated() where end > start {
                body(UInt32(row), UnsafeMutableBufferPointer(rebasing: links[start..<Int(end)]))
                start = Int(end)
            }
        }
    }
}

extension Link {
    /// The same pair with the smaller row on the left.
    var upright: Link { left <= right ? self : Link(right, left, weight: weight) }

    /// By rows, and of the same pair the heaviest first.
    static func isBeforeByRows(_ one: Link, _ other: Link) -> Bool {
        if one.left != other.left { return one.left < other.left }
        if one.right != other.right { return one.right < other.right }
        return one.weight > other.weight
    }
}
