import Matching
import Values

/// Links as they come from a linkage, for tests: groups of records with many links inside and some wrong ones between, with
/// few different weights, so that there are ties.
struct RandomLinks {
    var records: Int
    var links: [Link] = []
    var sources: [UInt8] = []

    init(seed: UInt64, records: Int, links count: Int, groups: Int = 4, weights: Int = 8) {
        var chance = SeededChance(seed: seed)
        self.records = records
        var pairs: Set<[Int]> = []
        for _ in 0..<count {
            let left = chance.below(records)
            var right = chance.below(records)
            if chance.below(5) > 0 { right = right / groups * groups + left % groups }
            guard right < records, left != right, pairs.insert([min(left, right), max(left, right)]).inserted else {
                continue
            }
            links.append(Link(UInt32(left), UInt32(right), weight: Double(chance.below(weights)) + 5))
        }
        for _ in 0..<records { sources.append(UInt8(chance.below(3) * 100)) }
    }

    /// The smallest row that can be reached from each, by walking.
    static func walked(_ records: Int, _ links: [Link]) -> [UInt32] {
        var neighbours = [[Int]](repeating: [], count: records)
        for link in links {
            neighbours[Int(link.left)].append(Int(link.right))
            neighbours[Int(link.right)].append(Int(link.left))
        }
        var labels = [UInt32?](repeating: nil, count: records)
        for start in 0..<records where labels[start] == nil {
            var open = [start]
            labels[start] = UInt32(start)
            while let row = open.popLast() {
                for next in neighbours[row] where labels[next] == nil {
                    labels[next] = UInt32(start)
                    open.append(next)
                }
            }
        }
        return labels.compactMap { $0 }
    }
}

extension ClusteringPlan {
    static func by(_ method: Method, threshold: Double = 0.5, mostRecords: Int? = nil) -> Self {
        var plan = Self()
        plan.method = method
        plan.threshold = threshold
        plan.mostRecords = mostRecords
        return plan
    }

    func clusters(_ records: Int, _ links: [Link], sources: [UInt8]? = nil) throws -> Clustering {
        var clusterer = try Clusterer(self, records: records, sources: sources)
        clusterer.add(contentsOf: links)
        return clusterer.clusters()
    }
}

/// Links between all pairs of these records.
func clique(_ rows: some Collection<Int>, weight: Double) -> [Link] {
    rows.flatMap { left in
        rows.filter { $0 > left }.map { Link(UInt32(left), UInt32($0), weight: weight) }
    }
}
