/// How alike two texts are by their words, in any order: runs of letters and digits, in small letters, each once.
enum WordSets {
    /// The share of common words among all that occur in either; nil when there is no word at all.
    static func jaccard(_ a: Text, _ b: Text) -> Double? {
        HashSets.with(.words, of: a, b) { left, right -> Double? in
            let common = HashSets.common(left, right)
            let all = left.count + right.count - common
            return all == 0 ? nil : Double(common) / Double(all)
        }
    }

    /// The cosine of the two texts' vectors of words, each as long as its weight; nil when a text has no word.
    static func cosine(_ a: Text, _ b: Text, weights: borrowing WordWeights) -> Double? {
        HashSets.with(.words, of: a, b) { left, right -> Double? in
            guard left.count > 0, right.count > 0 else { return nil }
            var (common, first, second) = (0.0, 0.0, 0.0)
            for word in left { first += weights[word] * weights[word] }
            for word in right { second += weights[word] * weights[word] }
            HashSets.meet(left, right) { common += weights[$0] * weights[$0] }
            // Rounding may lead just past 1 when the two are the same.
            return min(1, common / (first * second).squareRoot())
        }
    }
}
