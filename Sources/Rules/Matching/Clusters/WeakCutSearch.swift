/// Cuts a component where it hangs together weakly: at bridges, and where a few links join dense parts.
///
/// The cuts that are looked at are those of the heaviest spanning tree: taking one of its edges away leaves two sides, and
/// all links between them are cut together. Every bridge is among them; so is every cut whose links are all lighter than
/// those that hold its two sides together, since the tree crosses it once. A piece is cut at its weakest cuts first, and its
/// parts are looked at again on their own, until none is weak. A round costs links x log records; it takes away at
/// least a quarter of a piece, or all that is weak in it.
struct WeakCutSearch {
    private struct Piece {
        var nodes: Range<Int>
        var links: Range<Int>
        var rounds: Int
    }

    /// Against shapes that give one small cut in each round: what is still weak then stays.
    private static let mostRounds = 256

    private let rule: CutRule
    private let leastWeight: Double
    private var tree = SpanningTree()
    private var groups = ConnectedComponents(count: 0)
    private var isTreeEdge: [Bool] = []
    private var evidence: [Int64] = []
    private var nodes: [UInt32] = []
    private var links: [UInt32] = []
    private var treeEdges: [UInt32] = []
    /// Evidence of the links that meet at or under a record, and of those that end there.
    private var inside: [Int64] = []
    private var touching: [Int64] = []
    /// The part a record goes to: 0 stays.
    private var part: [Int] = []
    private var hasCutBelow: [Bool] = []
    private var candidates: [(weakness: Double, node: Int)] = []
    private var branch: [Int] = []
    private var pieces: [Piece] = []

    init(_ rule: CutRule, leastWeight: Double) {
        self.rule = rule
        self.leastWeight = leastWeight
    }

    /// No longer keeps the links across weak cuts.
    mutating func cut(_ component: inout ComponentGraph) {
        guard component.records >= 2 * rule.leastRecords else { return }
        prepare(component)
        pieces.append(Piece(nodes: 0..<nodes.count, links: 0..<links.count, rounds: 0))
        while let piece = pieces.popLast() {
            guard piece.nodes.count >= 2 * rule.leastRecords, piece.rounds < Self.mostRounds else { continue }
            look(at: piece, component.edges)
            let parts = choose(piece)
            if parts > 0 { divide(piece, into: parts + 1, &component.edges) }
        }
    }

    private mutating func prepare(_ component: ComponentGraph) {
        let records = component.records
        tree.reserve(records: records)
        nodes.removeAll(keepingCapacity: true)
        nodes.append(contentsOf: 0..<UInt32(records))
        links.removeAll(keepingCapacity: true)
        links.append(contentsOf: 0..<UInt32(component.edges.count))
        if inside.count < records {
            inside = [Int64](repeating: 0, count: max(records, 2 * inside.count))
            touching = inside
            part = [Int](repeating: 0, count: inside.count)
            hasCutBelow = [Bool](repeating: false, count: inside.count)
        }
        groups.reset(count: records)
        isTreeEdge.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
        for edge in component.edges {
            isTreeEdge.append(groups.join(edge.left, edge.right))
            evidence.append(CutRule.evidence(of: edge.weight, above: leastWeight))
        }
    }

    /// Finds the piece's weak cuts.
    private mutating func look(at piece: Piece, _ edges: [ComponentGraph.Edge]) {
        treeEdges.removeAll(keepingCapacity: true)
        for link in links[piece.links] where isTreeEdge[Int(link)] { treeEdges.append(link) }
        tree.grow(nodes: nodes[piece.nodes], edges: treeEdges[...], of: edges)
        for node in tree.order { (inside[node], touching[node], part[node], hasCutBelow[node]) = (0, 0, 0, false) }
        for link in links[piece.links] {
            let left = Int(edges[Int(link)].left)
            let right = Int(edges[Int(link)].right)
            touching[left] += evidence[Int(link)]
            touching[right] += evidence[Int(link)]
            inside[tree.meeting(of: left, right)] += evidence[Int(link)]
        }
        for node in tree.order.dropFirst().reversed() {
            inside[tree.parent[node]] += inside[node]
            touching[tree.parent[node]] += touching[node]
        }
        weigh(records: piece.nodes.count)
    }

    private mutating func weigh(records: Int) {
        candidates.removeAll(keepingCapacity: true)
        let total = inside[tree.order[0]]
        for node in tree.order.dropFirst() {
            let below = tree.size[node]
            guard below >= rule.leastRecords && records - below >= rule.leastRecords else { continue }
            // A link inside the branch touches it twice, one across it once.
            let across = touching[node] - 2 * inside[node]
            let weakness = rule.weakness(
                across: across, inside: (inside[node], total - inside[node] - across),
                records: (below, records - below))
            if weakness < rule.share { candidates.append((weakness, node)) }
        }
        candidates.sort { $0.weakness != $1.weakness ? $0.weakness < $1.weakness : $0.node < $1.node }
    }

    /// Takes the weakest cuts, as long as they are apart from each other and the rest is nearly what they were judged by.
    private mutating func choose(_ piece: Piece) -> Int {
        var parts = 0
        var taken = 0
        for (_, node) in candidates where part[node] == 0 && !hasCutBelow[node] {
            if 4 * taken >= piece.nodes.count { break }
            guard piece.nodes.count - taken - tree.size[node] >= rule.leastRecords else { continue }
            parts += 1
            taken += tree.size[node]
            branch.append(node)
            while let next = branch.popLast() {
                part[next] = parts
                for child in tree.children(of: next) { branch.append(child) }
            }
            var above = node
            while !hasCutBelow[above] {
                hasCutBelow[above] = true
                above = tree.parent[above]
            }
        }
        return parts
    }

    /// Puts the records and links of each part side by side; the links between parts are kept no longer.
    private mutating func divide(_ piece: Piece, into parts: Int, _ edges: inout [ComponentGraph.Edge]) {
        var nodeEnds = [Int](repeating: 0, count: parts + 1)
        var linkEnds = nodeEnds
        let oldNodes = Array(nodes[piece.nodes])
        let oldLinks = Array(links[piece.links])
        for node in oldNodes { nodeEnds[part[Int(node)] + 1] += 1 }
        for link in oldLinks {
            let left = part[Int(edges[Int(link)].left)]
            if left == part[Int(edges[Int(link)].right)] {
                linkEnds[left + 1] += 1
            } else {
                edges[Int(link)].isKept = false
            }
        }
        nodeEnds[0] = piece.nodes.lowerBound
        linkEnds[0] = piece.links.lowerBound
        for index in 1...parts {
            nodeEnds[index] += nodeEnds[index - 1]
            linkEnds[index] += linkEnds[index - 1]
            pieces.append(
                Piece(
                    nodes: nodeEnds[index - 1]..<nodeEnds[index], links: linkEnds[index - 1]..<linkEnds[index],
                    rounds: index == 1 ? piece.rounds + 1 : 0))
        }
        for node in oldNodes {
            nodes[nodeEnds[part[Int(node)]]] = node
            nodeEnds[part[Int(node)]] += 1
        }
        for link in oldLinks where edges[Int(link)].isKept {
            let index = part[Int(edges[Int(link)].left)]
            links[linkEnds[index]] = link
            linkEnds[index] += 1
        }
    }
}
