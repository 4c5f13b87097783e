/// Walks the links of one cluster: bridges and distances.
///
/// Bridges after R. Tarjan, "A note on finding the bridges of a graph" (1974), without recursion, since a cluster may
/// be a million records deep.
struct GraphWalk {
    /// Distances are taken from every record, which is too much for large clusters.
    static let mostRecordsForDiameter = 64

    private var first: [Int] = []
    private var neighbours: [Int] = []
    private var entered: [Int] = []
    private var lowest: [Int] = []
    private var parent: [Int] = []
    private var below: [Int] = []
    private var cursor: [Int] = []
    private var order: [Int] = []

    /// - Parameters:
    ///   - component: all scored pairs of the cluster, the heaviest first.
    ///   - records: how many the cluster has; some may be in no scored pair.
    mutating func figures(
        of component: borrowing ComponentGraph, cluster: UInt32, records: Int, leastWeight: Double
    ) -> ClusterFigures {
        var figures = ClusterFigures(cluster: cluster, records: records)
        figures.links = component.edges.firstIndex { $0.weight < leastWeight } ?? component.edges.count
        figures.pairsBelow = component.edges.count - figures.links
        guard figures.links > 0 else { return figures }
        figures.weakest = component.edges[figures.links - 1].weight
        gather(component.edges[..<figures.links], records: component.records)
        countBridges(in: &figures, records: component.records)
        if records == component.records && records <= Self.mostRecordsForDiameter {
            figures.diameter = diameter(records)
        }
        return figures
    }

    private mutating func gather(_ edges: ArraySlice<ComponentGraph.Edge>, records: Int) {
        Self.fill(&first, with: 0, count: records + 1)
        for edge in edges {
            first[Int(edge.left)] += 1
            first[Int(edge.right)] += 1
        }
        var end = 0
        for node in 0...records {
            end += first[node]
            first[node] = end
        }
        Self.fill(&neighbours, with: 0, count: end)
        for edge in edges {
            first[Int(edge.left)] -= 1
            neighbours[first[Int(edge.left)]] = Int(edge.right)
            first[Int(edge.right)] -= 1
            neighbours[first[Int(edge.right)]] = Int(edge.left)
        }
    }

    private mutating func countBridges(in figures: inout ClusterFigures, records: Int) {
        Self.fill(&entered, with: -1, count: records)
        Self.fill(&lowest, with: -1, count: records)
        Self.fill(&parent, with: -1, count: records)
        Self.fill(&below, with: 1, count: records)
        cursor.removeAll(keepingCapacity: true)
        cursor.append(contentsOf: first[..<records])
        var time = 0
        for root in 0..<records where entered[root] < 0 {
            let start = order.count
            enter(root, from: -1, &time)
            var node = root
            while node >= 0 { node = step(at: node, &time) }
            let whole = below[root]
            for node in order[(start + 1)...] where lowest[node] == entered[node] {
                figures.bridges += 1
                if below[node] >= 2 && whole - below[node] >= 2 { figures.dividingBridges += 1 }
            }
        }
        order.removeAll(keepingCapacity: true)
    }

    private mutating func enter(_ node: Int, from above: Int, _ time: inout Int) {
        entered[node] = time
        lowest[node] = time
        parent[node] = above
        time += 1
        order.append(node)
    }

    /// Follows the next link of the record; says at which record to go on, -1 when all is done.
    private mutating func step(at node: Int, _ time: inout Int) -> Int {
        guard cursor[node] < first[node + 1] else {
            let above = parent[node]
            if above >= 0 {
                lowest[above] = min(lowest[above], lowest[node])
                below[above] += below[node]
            }
            return above
        }
        let next = neighbours[cursor[node]]
        cursor[node] += 1
        if entered[next] < 0 {
            enter(next, from: node, &time)
            return next
        }
        // There is one link at most between two records, so going back up is the link one came by.
        if next != parent[node] { lowest[node] = min(lowest[node], entered[next]) }
        return node
    }

    /// The longest of all shortest ways; nil when some record cannot be reached.
    private mutating func diameter(_ records: Int) -> Int? {
        var longest = 0
        for start in 0..<records {
            Self.fill(&lowest, with: -1, count: records)
            lowest[start] = 0
            order.removeAll(keepingCapacity: true)
            order.append(start)
            var next = 0
            while next < order.count {
                let node = order[next]
                next += 1
                for place in first[node]..<first[node + 1] where lowest[neighbours[place]] < 0 {
                    lowest[neighbours[place]] = lowest[node] + 1
                    order.append(neighbours[place])
                }
            }
            guard order.count == records else { return nil }
            longest = max(longest, lowest[order[records - 1]])
        }
        order.removeAll(keepingCapacity: true)
        return longest
    }

    private static func fill(_ array: inout [Int], with value: Int, count: Int) {
        array.removeAll(keepingCapacity: true)
        array.append(contentsOf: repeatElement(value, count: count))
    }
}
