/// The elements of an array, which is a text: they stand in it one after the other with U+001F, ASCII's unit
/// separator, between them. The empty text is the array without elements.
struct Elements {
    static let separator: UInt8 = 0x1f

    private let text: Text
    private var place = 0

    init(_ text: Text) {
        self.text = text
        // No more elements: the end is passed when the last one was given.
        if text.count == 0 { place = 1 }
    }

    @inline(__always)
    mutating func next() -> Text? {
        guard place <= text.count else { return nil }
        let start = place
        while place < text.count, text.start[place] != Self.separator { place += 1 }
        defer { place += 1 }
        return Text(start: text.start + start, count: place - start, isASCII: text.isASCII)
    }
}

/// Measures of two arrays.
enum Arrays {
    /// How many different elements are in both.
    static func common(_ a: Text, _ b: Text) -> Double {
        HashSets.with(.elements, of: a, b) { Double(HashSets.common($0, $1)) }
    }

    /// The cosine of two arrays of numbers, from -1 to 1; nil unless they are as long as each other, of numbers only
    /// and not all 0.
    static func cosine(_ a: Text, _ b: Text) -> Double? {
        var (left, right) = (Elements(a), Elements(b))
        var (product, first, second) = (0.0, 0.0, 0.0)
        while let element = left.next() {
            guard let other = right.next(), let x = Number.read(element), let y = Number.read(other) else { return nil }
            product += x * y
            first += x * x
            second += y * y
        }
        guard right.next() == nil, first > 0, second > 0 else { return nil }
        return max(-1, min(1, product / (first.squareRoot() * second.squareRoot())))
    }

    /// The smallest, or largest, number of any element of one and any of the other; nil when an array is empty.
    @inline(__always)
    static func extreme(_ a: Text, _ b: Text, largest: Bool, _ measure: (Text, Text) -> Double) -> Double? {
        var best: Double?
        var left = Elements(a)
        while let element = left.next() {
            var right = Elements(b)
            while let other = right.next() {
                let number = measure(element, other)
                best = best.map { largest ? max($0, number) : min($0, number) } ?? number
            }
        }
        return best
    }

    /// Whether any element of one and any of the other are such; nil when an array is empty.
    @inline(__always)
    static func anyHolds(_ a: Text, _ b: Text, _ holds: (Text, Text) -> Bool) -> Bool? {
        guard a.count > 0, b.count > 0 else { return nil }
        var left = Elements(a)
        while let element = left.next() {
            var right = Elements(b)
            while let other = right.next() {
                if holds(element, other) { return true }
            }
        }
        return false
    }
}
