#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// How much each word of a column says: the rarer the more. Words that it does not know weigh as the heaviest.
struct WordWeights: Sendable {
    /// A hash table with free places, at most half full: the words' hashes (0 where free) and weights.
    private var words: [UInt64]
    private var weights: [Double]
    private let heaviest: Double

    /// All words alike.
    init() {
        self.init([:])
    }

    /// From the hash of each word (`WordCounts.hash`) to its weight, which is above 0.
    init(_ table: [UInt64: Double]) {
        let size = 1 << (Int.bitWidth - (2 * table.count + 1).leadingZeroBitCount)
        words = [UInt64](repeating: 0, count: size)
        weights = [Double](repeating: 0, count: size)
        heaviest = table.values.max() ?? 1
        for (word, weight) in table {
            let place = place(of: word)
            words[place] = word
            weights[place] = weight
        }
    }

    subscript(word: UInt64) -> Double {
        let place = place(of: word)
        return words[place] == 0 ? heaviest : weights[place]
    }

    private func place(of word: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: word) & (words.count - 1)
        while words[place] != 0, words[place] != word { place = (place + 1) & (words.count - 1) }
        return place
    }
}

/// In how many values of a column each word occurs. Counts of parts of a column add up to those of the whole.
struct WordCounts: Sendable {
    private(set) var values = 0
    private var occurrences: [UInt64: Int] = [:]

    init() {}

    /// Counts one value's words, each once; the value itself as often as it occurs.
    mutating func add(_ value: Text, times: Int = 1) {
        values += times
        HashSets.with(.words, of: value, value) { words, _ in
            for word in words { occurrences[word, default: 0] += times }
        }
    }

    mutating func add(_ other: Self) {
        values += other.values
        occurrences.merge(other.occurrences, uniquingKeysWith: +)
    }

    /// Inverse document frequencies, `ln(1 + values / occurrences)`: above 0 even for a word that is everywhere.
    var weights: WordWeights {
        WordWeights(occurrences.mapValues { log(1 + Double(values) / Double($0)) })
    }

    /// The hash of a text's first word; nil when it has none.
    static func hash(_ text: Text) -> UInt64? {
        HashSets.with(.words, of: text, text) { words, _ in words.first }
    }
}
