/// Which sources may be paired with which.
struct SourcePairs: Sendable {
    let allowsAll: Bool
    private let ends: [Int]
    private let allowed: [Bool]

    init(_ rule: LinkRule, _ sources: [Records.Source]) {
        let count = sources.count
        var allowed = [Bool](repeating: false, count: count * count)
        for one in 0..<count {
            for other in 0..<count {
                allowed[one * count + other] =
                    switch rule {
                    case .dedupe: one == other
                    case .link: one != other
                    case .linkAndDedupe: true
                    case .only(let pairs):
                        pairs.contains(LinkRule.SourcePair(sources[one].name, sources[other].name))
                            || pairs.contains(LinkRule.SourcePair(sources[other].name, sources[one].name))
                    }
            }
        }
        self.allowed = allowed
        allowsAll = allowed.allSatisfy { $0 }
        ends = sources.map(\.rows.upperBound)
    }

    func allow(_ one: Int, _ other: Int) -> Bool {
        allowed[source(of: one) * ends.count + source(of: other)]
    }

    var count: Int { ends.count }

    func source(of row: Int) -> Int {
        var source = 0
        while row >= ends[source] { source += 1 }
        return source
    }

    /// How many pairs so many records of each source make.
    func pairs(of counts: [Int]) -> Int {
        var pairs = 0
        for one in counts.indices where counts[one] > 0 {
            if allowed[one * ends.count + one] { pairs += counts[one] * (counts[one] - 1) / 2 }
            for other in one + 1..<max(one + 1, counts.count) where allowed[one * ends.count + other] {
                pairs += counts[one] * counts[other]
            }
        }
        return pairs
    }
}

extension LinkRule {
    /// Refuses pairs of sources that are not there: they would silently bring nothing.
    func check(_ sources: [String]) throws(ModelFault) {
        guard case .only(let pairs) = self else { return }
        for name in pairs.flatMap({ [$0.left, $0.right] }) where !sources.contains(name) {
            throw ModelFault(
                at: "links",
                """
                There is no source "\(name)". The sources are called \(sources.joined(separator: ", ")): write one of \
                these, or name the inputs so.
                """)
        }
    }
}
