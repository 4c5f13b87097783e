/// What the rarity of shared values is worth where not all agreement is by chance.
///
/// Two strangers agree on a value by chance as often as others have it, so that a rare one speaks for a match. Two
/// relatives agree on a rare surname as easily as on a common one. Among pairs of which a share agrees by chance, a value
/// that is 2^t times as rare as usual is met `chance * 2^-t + 1 - chance` times as often as usual.
enum Rarity {
    /// Bits, of `terms` bits that values would bring if all agreed by chance. At most `chance * terms`.
    static func worth(_ terms: Double, _ chance: Double) -> Double {
        guard chance < 1 else { return terms }
        return -LogOdds.bits(chance * LogOdds.power(-terms) + 1 - chance)
    }

    /// The same, of bits that are multiplied with the share of chance already.
    static func worth(ofShared terms: Double, _ chance: Double) -> Double {
        chance > 0 ? worth(terms / chance, chance) : 0
    }

    /// By what the parts of such bits must be multiplied, so that they add up to what the whole is worth.
    static func scale(ofShared terms: Double, _ chance: Double) -> Double {
        guard chance < 1, abs(terms) > 1e-9 else { return 1 }
        return worth(ofShared: terms, chance) / terms
    }

    /// The probability that a pair which does not match agrees by chance.
    static func chance(given terms: Double, _ chance: Double) -> Double {
        let byChance = chance * LogOdds.power(-terms)
        return byChance / (byChance + 1 - chance)
    }
}
