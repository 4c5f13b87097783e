import Values

extension SeededChance {
    mutating func happens(_ percent: Int) -> Bool { below(100) < percent }
    /// From 0 to just under 1.
    mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }
}
