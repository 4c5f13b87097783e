/// One connected component at work: its links with the heaviest first, and which of them a method keeps.
///
/// Its records are numbered 0 ..< records in order of their rows. Memory is kept from one component to the next, since
/// there are millions of small ones.
struct ComponentGraph {
    struct Edge {
        var left, right: UInt32
        var weight: Double
        var isKept = true
    }

    /// The rows of the records, ascending.
    private(set) var rows: [UInt32] = []
    /// Heaviest first, then by rows: a strict order, so every method has one answer.
    var edges: [Edge] = []
    private var groups = ConnectedComponents(count: 0)
    private var sizes: [UInt32] = []
    private var masks: [SIMD4<UInt64>] = []

    var records: Int { rows.count }

    /// Takes the links of a component: of links of the same pair the heaviest.
    mutating func load(_ links: UnsafeMutableBufferPointer<Link>) {
        var links = links
        links.sort(by: Link.isBeforeByRows)
        rows.removeAll(keepingCapacity: true)
        for link in links {
            rows.append(link.left)
            rows.append(link.right)
        }
        rows.sort()
        var count = 0
        for index in rows.indices where count == 0 || rows[count - 1] != rows[index] {
            rows[count] = rows[index]
            count += 1
        }
        rows.removeSubrange(count...)
        edges.removeAll(keepingCapacity: true)
        var last: Link?
        for link in links where last?.left != link.left || last?.right != link.right {
            edges.append(Edge(left: number(of: link.left), right: number(of: link.right), weight: link.weight))
            last = link
        }
        edges.sort { one, other in
            if one.weight != other.weight { return one.weight > other.weight }
            return one.left != other.left ? one.left < other.left : one.right < other.right
        }
    }

    /// Writes the parts that the kept links hold together: for each record the smallest row of its part.
    mutating func write(to labels: UnsafeMutableBufferPointer<UInt32>) {
        groups.reset(count: records)
        for edge in edges where edge.isKept { groups.join(edge.left, edge.right) }
        for (number, row) in rows.enumerated() {
            labels[Int(row)] = rows[Int(groups.label(of: UInt32(number)))]
        }
    }

    /// Keeps what is the best link of at least one of its two records; it need not be the best of both. Of links of the
    /// same weight the one with the smaller rows is better.
    mutating func keepBestLinks() {
        sizes.removeAll(keepingCapacity: true)
        sizes.append(contentsOf: repeatElement(0, count: records))
        for index in edges.indices {
            let left = Int(edges[index].left)
            let right = Int(edges[index].right)
            edges[index].isKept = sizes[left] == 0 || sizes[right] == 0
            sizes[left] = 1
            sizes[right] = 1
        }
    }

    /// Keeps, from the heaviest link to the lightest, what brings no two records of one source together.
    ///
    /// With two sources this is the greedy matching, whose weight is at least half of the best one's. Sources that are
    /// not among `singles` may have any number of records in a cluster.
    mutating func keepOneToOne(sources: [UInt8], singles: SIMD4<UInt64>) {
        groups.reset(count: records)
        masks.removeAll(keepingCapacity: true)
        for row in rows {
            let source = sources[Int(row)]
            var mask = SIMD4<UInt64>()
            mask[Int(source >> 6)] = (1 << UInt64(source & 63)) & singles[Int(source >> 6)]
            masks.append(mask)
        }
        for index in edges.indices where edges[index].isKept {
            let left = groups.label(of: edges[index].left)
            let right = groups.label(of: edges[index].right)
            guard left != right else { continue }
            guard masks[Int(left)] & masks[Int(right)] == SIMD4() else {
                edges[index].isKept = false
                continue
            }
            groups.join(left, right)
            masks[Int(min(left, right))] = masks[Int(left)] | masks[Int(right)]
        }
    }

    /// Raises the threshold inside whatever has more records, until every part fits. Links of the same weight fall
    /// together, so no part depends on which row stands where.
    mutating func keepParts(ofAtMost most: Int) {
        groups.reset(count: records)
        sizes.removeAll(keepingCapacity: true)
        sizes.append(contentsOf: repeatElement(1, count: records))
        var start = 0
        while start < edges.count {
            var end = start
            while end < edges.count && edges[end].weight == edges[start].weight {
                if edges[end].isKept { join(edges[end]) }
                end += 1
            }
            // What is too large by now would not have come about at a higher threshold: it keeps its older parts.
            for index in start..<end where edges[index].isKept {
                edges[index].isKept = sizes[Int(groups.label(of: edges[index].left))] <= most
            }
            start = end
        }
    }

    private mutating func join(_ edge: Edge) {
        let left = groups.label(of: edge.left)
        let right = groups.label(of: edge.right)
        guard groups.join(left, right) else { return }
        sizes[Int(min(left, right))] = sizes[Int(left)] + sizes[Int(right)]
    }

    /// The place of a row among the component's rows.
    private func number(of row: UInt32) -> UInt32 {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return UInt32(low)
    }
}
