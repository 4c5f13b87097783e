extension PatternNode {
    /// How many bytes every match has, when all have the same.
    var byteLength: Int? {
        switch self {
        case .empty, .look: return 0
        case .one(let set):
            guard let first = set.ranges.first, let last = set.ranges.last else { return nil }
            let length = Self.length(first.lowerBound)
            return length == Self.length(last.upperBound) ? length : nil
        case .row(let parts): return Self.sum(parts[...])
        case .choice(let ways):
            let length = ways.first?.byteLength
            return ways.allSatisfy { $0.byteLength == length } ? length : nil
        case .repeated(let body, let least, let most, _):
            guard least == most, let length = body.byteLength else { return nil }
            let (product, overflow) = length.multipliedReportingOverflow(by: least)
            return overflow ? nil : product
        case .group(_, let body): return body.byteLength
        }
    }

    /// How many bytes stand before and after a group within every match, each nil when that differs; nil when the group
    /// does not take part in every match exactly once. With these the whole match tells where the group is.
    func surroundings(of number: Int) -> (before: Int?, length: Int?, after: Int?)? {
        switch self {
        case .group(let own, let body):
            return own == number ? (0, body.byteLength, 0) : body.surroundings(of: number)
        case .row(let parts):
            for (index, part) in parts.enumerated() {
                guard let inner = part.surroundings(of: number) else { continue }
                return (
                    Self.sum(inner.before, Self.sum(parts[..<index])), inner.length,
                    Self.sum(inner.after, Self.sum(parts[(index + 1)...]))
                )
            }
            return nil
        case .empty, .one, .look, .choice, .repeated: return nil
        }
    }

    private static func sum(_ parts: ArraySlice<PatternNode>) -> Int? {
        parts.reduce(0) { sum($0, $1.byteLength) }
    }

    private static func sum(_ one: Int?, _ other: Int?) -> Int? {
        guard let one, let other else { return nil }
        let (total, overflow) = one.addingReportingOverflow(other)
        return overflow ? nil : total
    }

    private static func length(_ scalar: UInt32) -> Int {
        scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
    }
}
