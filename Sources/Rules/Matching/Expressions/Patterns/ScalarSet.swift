/// A set of characters (Unicode scalars), as ranges in order that neither touch nor overlap.
struct ScalarSet: Equatable {
    private(set) var ranges: [ClosedRange<UInt32>] = []

    static let last: UInt32 = 0x10ffff

    init() {}

    init(_ ranges: [ClosedRange<UInt32>]) {
        self.ranges = Self.merged(ranges)
    }

    init(_ scalar: UInt32) {
        ranges = [scalar...scalar]
    }

    mutating func insert(_ more: ScalarSet) {
        ranges = Self.merged(ranges + more.ranges)
    }

    var inverted: Self {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if next < range.lowerBound { gaps.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= Self.last { gaps.append(next...Self.last) }
        return Self(gaps)
    }

    /// With the other case of every letter.
    ///
    /// Looks at the scripts up to U+1FFF, which hold nearly every letter with two cases, and at the two signs beyond
    /// that are forms of ASCII letters.
    var withBothCases: Self {
        var others: [ClosedRange<UInt32>] = []
        for range in ranges {
            for value in range.clamped(to: 0...0x1fff) where !(0x1000...0x109f).contains(value) {
                guard let scalar = Unicode.Scalar(value) else { continue }
                for other in scalar.otherCases where other != value { others.append(other...other) }
            }
        }
        if contains(0x212a) { others += [0x6b...0x6b, 0x4b...0x4b] }  // the Kelvin sign is a k
        return Self(ranges + others)
    }

    func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } }

    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let open = merged.last, range.lowerBound <= open.upperBound + 1 {
                merged[merged.count - 1] = open.lowerBound...max(open.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}

extension ScalarSet {
    static let digit = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a])
    static let space = ScalarSet([0x09...0x0a, 0x0c...0x0d, 0x20...0x20])
    static let newline = ScalarSet(0x0a)

    /// The classes that are written `[:name:]`, of ASCII only.
    static func named(_ name: String) -> Self? {
        switch name {
        case "alnum": Self([0x30...0x39, 0x41...0x5a, 0x61...0x7a])
        case "alpha": Self([0x41...0x5a, 0x61...0x7a])
        case "ascii": Self([0...0x7f])
        case "blank": Self([0x09...0x09, 0x20...0x20])
        case "cntrl": Self([0...0x1f, 0x7f...0x7f])
        case "digit": digit
        case "graph": Self([0x21...0x7e])
        case "lower": Self([0x61...0x7a])
        case "print": Self([0x20...0x7e])
        case "punct": Self([0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e])
        case "space": Self([0x09...0x0d, 0x20...0x20])
        case "upper": Self([0x41...0x5a])
        case "word": word
        case "xdigit": Self([0x30...0x39, 0x41...0x46, 0x61...0x66])
        default: nil
        }
    }
}

extension Unicode.Scalar {
    /// What else the character is taken for when case does not count.
    fileprivate var otherCases: [UInt32] {
        switch value {
        case 0x4b, 0x6b: [0x4b, 0x6b, 0x212a]
        case 0x53, 0x73, 0x17f: [0x53, 0x73, 0x17f]
        case 0..<0x80: [simpleLowercase.value, simpleUppercase.value]
        default:
            [
                simpleLowercase.value, simpleUppercase.value, simpleUppercase.simpleLowercase.value,
                simpleLowercase.simpleUppercase.value,
            ]
        }
    }
}
