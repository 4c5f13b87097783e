import Glibc
import Values

/// Texts of which few are common and most are rare, drawn in constant time.
///
/// How common the one at a rank is follows Zipf's law with Mandelbrot's shift, `1 / (rank + shift)^power`; drawn by
/// Walker's aliases: A. J. Walker, "An efficient method for generating discrete random variables with general
/// distributions" (1977).
struct LongTail {
    let texts: [Bytes]
    /// For each place, the odds in 2³² of staying there rather than going to its alias.
    private let stays: [UInt32]
    private let aliases: [Int32]

    init(_ texts: [Bytes], power: Double, shift: Double) {
        self.texts = texts
        let shares = texts.indices.map { 1 / pow(Double($0) + shift, power) }
        let mean = shares.reduce(0, +) / Double(shares.count)
        var heights = shares.map { $0 / mean }
        var stays = [UInt32](repeating: .max, count: texts.count)
        var aliases = texts.indices.map { Int32($0) }
        var low = heights.indices.filter { heights[$0] < 1 }
        var high = heights.indices.filter { heights[$0] >= 1 }
        while let short = low.popLast(), let tall = high.last {
            stays[short] = UInt32(heights[short] * Double(UInt32.max))
            aliases[short] = Int32(tall)
            heights[tall] -= 1 - heights[short]
            if heights[tall] < 1 { low.append(high.removeLast()) }
        }
        self.stays = stays
        self.aliases = aliases
    }

    /// The place of a text drawn by how common it is.
    func place(_ chance: inout SeededChance) -> Int {
        let place = chance.below(texts.count)
        return UInt32(truncatingIfNeeded: chance.next()) <= stays[place] ? place : Int(aliases[place])
    }

    func text(_ chance: inout SeededChance) -> Bytes { texts[place(&chance)] }
}

extension SeededChance {
    /// Whether something happens that has this probability.
    mutating func happens(_ probability: Double) -> Bool {
        Double(next() >> 11) * 0x1p-53 < probability
    }

    mutating func any<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }

    mutating func digit() -> UInt8 { UInt8(48 + below(10)) }
}
