/// A small seeded source of chance: SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
struct Chance {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func below(_ count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, count)))
    }
}

/// Elements of which any is taken out at random, in constant time.
struct Bag<Element> {
    private var elements: [Element] = []

    var count: Int { elements.count }

    mutating func add(_ element: Element) {
        elements.append(element)
    }

    mutating func removeAny(_ chance: inout Chance) -> Element? {
        guard !elements.isEmpty else { return nil }
        elements.swapAt(chance.below(elements.count), elements.count - 1)
        return elements.removeLast()
    }

    mutating func removeLast() -> Element? { elements.popLast() }

    mutating func remove(where isMeant: (Element) -> Bool) {
        if let index = elements.firstIndex(where: isMeant) { elements.remove(at: index) }
    }
}
