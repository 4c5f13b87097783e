/// A tree that spans one piece of a component, hung up at the record in its middle, so that no branch has more than half
/// of the records.
///
/// Arrays are by the component's record numbers and kept from piece to piece; only those of the piece's records mean
/// anything.
struct SpanningTree {
    /// The piece's records, parents before children; the root first.
    private(set) var order: [Int] = []
    private(set) var parent: [Int] = []
    /// How many records hang at and under the record.
    private(set) var size: [Int] = []
    private var position: [Int] = []
    /// The record where the path of heaviest branches begins that leads through this record.
    private var head: [Int] = []
    private var heavy: [Int] = []
    private var firstNeighbour: [Int] = []
    private var degree: [Int] = []
    private var neighbours: [Int] = []

    /// Makes room for a component with so many records.
    mutating func reserve(records: Int) {
        guard parent.count < records else { return }
        let none = [Int](repeating: 0, count: max(records, 2 * parent.count))
        (parent, size, position, head, heavy, firstNeighbour, degree) = (none, none, none, none, none, none, none)
        neighbours = none + none
    }

    /// Grows the tree of a piece from its tree edges.
    mutating func grow(nodes: ArraySlice<UInt32>, edges: ArraySlice<UInt32>, of component: [ComponentGraph.Edge]) {
        gatherNeighbours(nodes, edges, component)
        spread(from: Int(nodes[nodes.startIndex]), count: nodes.count)
        // The deepest record with at least half of all under it: each of its branches has less, as has the rest.
        let middle = order.last { 2 * size[$0] >= nodes.count } ?? order[0]
        spread(from: middle, count: nodes.count)
        layPaths()
    }

    /// The branches right under a record.
    func children(of node: Int) -> some Sequence<Int> {
        let first = firstNeighbour[node]
        return neighbours[first..<first + degree[node]].lazy.filter { [parent] in parent[$0] == node }
    }

    /// Where the paths from two records to the root meet.
    func meeting(of one: Int, _ other: Int) -> Int {
        var one = one
        var other = other
        while head[one] != head[other] {
            if position[head[one]] > position[head[other]] {
                one = parent[head[one]]
            } else {
                other = parent[head[other]]
            }
        }
        return position[one] < position[other] ? one : other
    }

    private mutating func gatherNeighbours(
        _ nodes: ArraySlice<UInt32>, _ edges: ArraySlice<UInt32>, _ component: [ComponentGraph.Edge]
    ) {
        for node in nodes { degree[Int(node)] = 0 }
        for edge in edges {
            degree[Int(component[Int(edge)].left)] += 1
            degree[Int(component[Int(edge)].right)] += 1
        }
        var start = 0
        for node in nodes {
            firstNeighbour[Int(node)] = start
            start += degree[Int(node)]
            degree[Int(node)] = 0
        }
        for edge in edges {
            let left = Int(component[Int(edge)].left)
            let right = Int(component[Int(edge)].right)
            neighbours[firstNeighbour[left] + degree[left]] = right
            neighbours[firstNeighbour[right] + degree[right]] = left
            degree[left] += 1
            degree[right] += 1
        }
    }

    /// Orders the records by their distance from the root, and counts what hangs under each.
    private mutating func spread(from root: Int, count: Int) {
        order.removeAll(keepingCapacity: true)
        order.append(root)
        parent[root] = root
        var next = 0
        while next < order.count {
            let node = order[next]
            position[node] = next
            size[node] = 1
            next += 1
            for place in firstNeighbour[node]..<firstNeighbour[node] + degree[node]
            where neighbours[place] != parent[node] {
                parent[neighbours[place]] = node
                order.append(neighbours[place])
            }
        }
        for node in order.dropFirst().reversed() { size[parent[node]] += size[node] }
    }

    /// Heavy paths: any way up passes at most log2(records) of them (D. Sleator, R. Tarjan, "A data structure for
    /// dynamic trees", 1983).
    private mutating func layPaths() {
        for node in order { heavy[node] = node }
        for node in order.dropFirst() {
            let above = parent[node]
            if heavy[above] == above || size[node] > size[heavy[above]] { heavy[above] = node }
        }
        head[order[0]] = order[0]
        for node in order.dropFirst() {
            head[node] = heavy[parent[node]] == node ? head[parent[node]] : node
        }
    }
}
