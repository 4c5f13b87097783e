#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Weights as log2 of the odds, and the probabilities they stand for.
public enum LogOdds {
    /// The probability of a weight: 1 / (1 + 2^-weight).
    public static func probability(_ weight: Double) -> Double {
        1 / (1 + exp2(-weight))
    }

    /// The lowest weight that has at least this probability: minus infinity for 0, `most` for 1, because from there on
    /// a `Double` cannot tell it from 1. Below 0 counts as 0, above 1 as more than any weight.
    public static func weight(_ probability: Double) -> Double {
        if probability <= 0 { return -.infinity }
        if probability > 1 { return .infinity }
        return probability == 1 ? most : log2(probability / (1 - probability))
    }

    /// The weight, in bits, that losses are capped at: one wrong certainty must not make a whole mean infinite.
    public static let most = 53.0

    /// log2(x), for whoever draws or prints weights.
    static func bits(_ ratio: Double) -> Double { log2(ratio) }

    /// Minus the natural logarithm of the probability of a weight, exact at both ends.
    static func loss(_ weight: Double) -> Double {
        let capped = min(max(weight, -most), most)
        return capped >= 0 ? log1p(exp2(-capped)) : -capped * naturalBit + log1p(exp2(capped))
    }

    /// ln 2: one bit in natural units.
    static let naturalBit = 0.693_147_180_559_945_3

    /// 2 to the power of bits.
    static func power(_ bits: Double) -> Double { exp2(bits) }
}
