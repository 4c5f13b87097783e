import Values

/// Elements of which any is taken out at random, in constant time.
struct Bag<Element> {
    private var elements: [Element] = []

    var count: Int { elements.count }

    mutating func add(_ element: Element) {
        elements.append(element)
    }

    mutating func removeAny(_ chance: inout SeededChance) -> Element? {
        guard !elements.isEmpty else { return nil }
        elements.swapAt(chance.below(elements.count), elements.count - 1)
        return elements.removeLast()
    }

    mutating func removeLast() -> Element? { elements.popLast() }

    mutating func remove(where isMeant: (Element) -> Bool) {
        if let index = elements.firstIndex(where: isMeant) { elements.remove(at: index) }
    }
}
