/// Things in order, of which any can come in and go out anywhere: the waiting line, the deadlines.
///
/// A row of short sorted arrays. To find takes O(log n) comparisons, to insert or remove moves at most one short
/// array; a tree of nodes was rejected for its allocations and cache misses.
struct Line<Element: Comparable & Sendable>: Sendable {
    private(set) var count = 0
    private(set) var first: Element?
    /// None is empty but the only one, which keeps its memory; all of one come before all of the next.
    private var parts: [[Element]] = [[]]

    private static var fullest: Int { 256 }

    var isEmpty: Bool { count == 0 }

    mutating func insert(_ element: Element) {
        count += 1
        if first.map({ element < $0 }) ?? true { first = element }
        var index = parts.count - 1
        if isAfterAll(element) {
            parts[index].append(element)
        } else {
            index = part(for: element)
            parts[index].insert(element, at: place(of: element, in: index))
        }
        guard parts[index].count > Self.fullest else { return }
        // Who comes last mostly stays last: a full last part is left full, and the next one begins.
        let isLast = index == parts.count - 1 && parts[index].last == element
        let cut = isLast ? Self.fullest : Self.fullest / 2
        let rest = Array(parts[index][cut...])
        parts[index].removeSubrange(cut...)
        parts.insert(rest, at: index + 1)
    }

    /// Takes the element out; says whether it was there.
    @discardableResult
    mutating func remove(_ element: Element) -> Bool {
        let index = element == first ? 0 : part(for: element)
        guard index < parts.count else { return false }
        let place = element == first ? 0 : place(of: element, in: index)
        guard place < parts[index].count, parts[index][place] == element else { return false }
        count -= 1
        parts[index].remove(at: place)
        if parts[index].isEmpty, parts.count > 1 { parts.remove(at: index) } else { joinIfShort(index) }
        if index == 0, place == 0 { first = parts[0].first }
        return true
    }

    private mutating func joinIfShort(_ index: Int) {
        guard index + 1 < parts.count, parts[index].count + parts[index + 1].count < Self.fullest / 4 else { return }
        let next = parts.remove(at: index + 1)
        parts[index].append(contentsOf: next)
    }

    /// How many come before this element, which need not be in the line.
    func rank(of element: Element) -> Int {
        let index = part(for: element)
        var before = 0
        for earlier in 0..<index { before += parts[earlier].count }
        guard index < parts.count else { return before }
        return before + place(of: element, in: index)
    }

    func first(where isMeant: (Element) -> Bool) -> Element? {
        for part in parts {
            for element in part where isMeant(element) { return element }
        }
        return nil
    }

    /// The next after this element, which need not be in the line.
    func first(after element: Element) -> Element? {
        let index = part(for: element)
        guard index < parts.count else { return nil }
        var place = place(of: element, in: index)
        if place < parts[index].count, parts[index][place] == element { place += 1 }
        return place < parts[index].count ? parts[index][place] : index + 1 < parts.count ? parts[index + 1][0] : nil
    }

    /// At most so many, in order.
    func first(_ limit: Int) -> [Element] {
        var found: [Element] = []
        for part in parts where found.count < limit { found += part.prefix(max(0, limit - found.count)) }
        return found
    }

    /// All of it, in order.
    var elements: [Element] { parts.flatMap { $0 } }

    /// Whoever comes last mostly stays last: then nothing need be looked for.
    private func isAfterAll(_ element: Element) -> Bool {
        let part = parts.count - 1
        return parts[part].isEmpty || parts[part][parts[part].count - 1] < element
    }

    /// The first part whose last element is not before this one; the only part, whatever is in it.
    private func part(for element: Element) -> Int {
        if parts.count == 1 { return 0 }
        var low = 0
        var high = parts.count
        while low < high {
            let middle = (low + high) / 2
            if parts[middle][parts[middle].count - 1] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Its place in that part. The part is not passed on but named by its number: it would be retained and released for it.
    private func place(of element: Element, in part: Int) -> Int {
        var low = 0
        var high = parts[part].count
        while low < high {
            let middle = (low + high) / 2
            if parts[part][middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
