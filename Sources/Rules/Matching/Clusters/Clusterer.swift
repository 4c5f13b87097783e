#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Makes clusters of links as a plan says, while the links stream by in any order: the answer is the same for each.
///
/// For `connected` without a limit of records only 4 bytes for each record are held; else also the links at or above the
/// threshold, 16 bytes each, and for a moment the same once more. Everything but the connecting itself happens inside
/// connected components, which are small as a rule.
public struct Clusterer: Sendable {
    public let plan: ClusteringPlan
    /// The least weight of a link that is used, in bits, before calibration.
    public let leastWeight: Double
    /// When a cluster is cut, for the method `bridges`.
    public var cutRule = CutRule()
    private let sources: [UInt8]
    private let hasSingles: SIMD4<UInt64>
    private var components: ConnectedComponents
    private var links: [Link] = []

    /// - Parameters:
    ///   - records: how many there are; links name them by their rows 0 ..< records.
    ///   - sources: each record's source; needed for one-to-one.
    ///   - duplicateFree: the sources of which a one-to-one cluster takes one record only; all when nil.
    ///   - calibration: what turns weights into the probabilities of which the plan's threshold is one.
    ///   - expectedLinks: about how many links will be used, to save memory while they grow.
    /// - Throws: `ModelFault` for a plan that makes no sense.
    public init(
        _ plan: ClusteringPlan, records: Int, sources: [UInt8]? = nil, duplicateFree: Set<UInt8>? = nil,
        calibration: Calibration? = nil, expectedLinks: Int = 0
    ) throws(ModelFault) {
        leastWeight = try plan.leastWeight(calibrated: calibration)
        if let most = plan.mostRecords, most < 1 {
            throw ModelFault(
                at: "clustering", "A cluster of at most \(most) records cannot be; say 1 or more, or leave it out.")
        }
        if plan.method == .oneToOne && sources == nil {
            throw ModelFault(
                at: "clustering", "One-to-one needs to know each record's source; name a source column or give files.")
        }
        precondition(sources.map { $0.count == records } ?? true, "There must be a source for each record.")
        self.plan = plan
        self.sources = sources ?? []
        hasSingles = Self.bits(of: duplicateFree ?? Set(UInt8.min...UInt8.max))
        components = ConnectedComponents(count: records)
        if keepsLinks { links.reserveCapacity(expectedLinks) }
    }

    /// Uses the link when it weighs enough. A weight that is no number never does.
    public mutating func add(_ link: Link) {
        guard link.weight >= leastWeight else { return }
        components.add(link)
        if keepsLinks && link.left != link.right { links.append(link.upright) }
    }

    /// Uses all links that weigh enough.
    public mutating func add(_ links: UnsafeBufferPointer<Link>) {
        guard keepsLinks else { return components.add(links, atLeast: leastWeight) }
        for link in links { add(link) }
    }

    public mutating func add(contentsOf links: some Sequence<Link>) {
        for link in links { add(link) }
    }

    /// What the plan makes of the links so far.
    public consuming func clusters() -> Clustering {
        var clustering = Clustering(trusted: components.labels())
        components = ConnectedComponents(count: 0)
        guard keepsLinks else { return clustering }
        let sizes = clustering.sizes()
        let least = leastRefined
        let taken = links
        links = []
        var groups = LinksByCluster(taken, labels: clustering.labels) { sizes[$0] >= least }
        refine(&groups, into: &clustering.labels)
        return clustering
    }

    private func refine(_ groups: inout LinksByCluster, into labels: inout [UInt32]) {
        var component = ComponentGraph()
        var search = WeakCutSearch(cutRule, leastWeight: leastWeight)
        labels.withUnsafeMutableBufferPointer { labels in
            groups.forEach { _, links in
                component.load(links)
                switch plan.method {
                case .connected: break
                case .bridges: search.cut(&component)
                case .bestLink: component.keepBestLinks()
                case .oneToOne: component.keepOneToOne(sources: sources, singles: hasSingles)
                }
                if let most = plan.mostRecords { component.keepParts(ofAtMost: most) }
                component.write(to: labels)
            }
        }
    }

    private var keepsLinks: Bool { plan.method != .connected || plan.mostRecords != nil }

    /// Smaller components than this stay as they are.
    private var leastRefined: Int {
        let most = min(plan.mostRecords ?? .max, .max - 1)
        return switch plan.method {
        case .connected: most + 1
        case .bridges: min(most + 1, 2 * cutRule.leastRecords)
        case .bestLink: min(most + 1, 3)
        case .oneToOne: 2
        }
    }

    private static func bits(of sources: Set<UInt8>) -> SIMD4<UInt64> {
        var bits = SIMD4<UInt64>()
        for source in sources { bits[Int(source >> 6)] |= 1 << UInt64(source & 63) }
        return bits
    }
}

extension ClusteringPlan {
    /// The least weight, in bits and before calibration, of a link that the threshold lets pass.
    ///
    /// A threshold of 1 asks for a probability that rounds to 1: 53 bits.
    public func leastWeight(calibrated calibration: Calibration? = nil) throws(ModelFault) -> Double {
        guard threshold >= 0 && threshold <= 1 else {
            throw ModelFault(
                at: "clustering", "The threshold \(threshold) is no probability; say a number from 0 to 1.")
        }
        let weight = threshold < 1 ? log2(threshold / (1 - threshold)) : 53
        guard let calibration else { return weight }
        guard calibration.slope > 0 && calibration.slope.isFinite && calibration.offset.isFinite else {
            throw ModelFault(
                at: "calibration",
                "The slope \(calibration.slope) must be above 0, and slope and offset finite; fit it again.")
        }
        return (weight - calibration.offset) / calibration.slope
    }
}
