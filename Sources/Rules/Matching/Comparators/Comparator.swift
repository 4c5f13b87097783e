/// Evaluates one measure on two values, as fast as can be; holds whatever the measure needs (formats, word weights,
/// names).
///
/// Texts are compared as they are, by Unicode scalars; `Jaro`, `Levenshtein`, `DamerauLevenshtein` and the others say
/// exactly how. Arrays are texts with U+001F between the elements, see `Elements`.
struct Comparator: Sendable {
    let kind: Kind
    private let format: DateFormat?
    private let unit: Double
    private let weights: WordWeights

    /// A format of dates that `DateFormat` cannot read makes every value NULL.
    init(_ measure: Measure, wordWeights: WordWeights? = nil) {
        var (format, unit): (String?, Double) = (nil, 1)
        switch measure {
        case .days(let written): (format, unit) = (written, 86_400)
        case .months(let written): (format, unit) = (written, 2_629_800)
        case .years(let written): (format, unit) = (written, 31_557_600)
        default: break
        }
        kind = Kind(measure)
        self.format = format.flatMap { DateFormat($0) }
        self.unit = unit
        weights = wordWeights ?? WordWeights()
    }

    /// The number itself; nil when it cannot be computed of these values (no date, no number): SQL's NULL.
    func value(_ a: Text, _ b: Text) -> Double? {
        switch kind {
        case .levenshtein: Levenshtein.value(a, b)
        case .damerauLevenshtein: DamerauLevenshtein.value(a, b)
        case .jaro: Jaro.value(a, b, winkler: false)
        case .jaroWinkler: Jaro.value(a, b, winkler: true)
        case .jaccard: CharacterSets.jaccard(a, b)
        case .tokenJaccard: WordSets.jaccard(a, b)
        case .tokenCosine: WordSets.cosine(a, b, weights: weights)
        case .cosine: Arrays.cosine(a, b)
        case .time: seconds(a, b).map { $0 / unit }
        case .difference: numbers(a, b).map { abs($0 - $1) }
        case .relativeDifference: numbers(a, b).flatMap { Self.relative($0, $1) }
        case .commonElements: Arrays.common(a, b)
        case .closestLevenshtein: Arrays.extreme(a, b, largest: false) { Levenshtein.value($0, $1) }
        case .closestDamerauLevenshtein: Arrays.extreme(a, b, largest: false) { DamerauLevenshtein.value($0, $1) }
        case .closestJaro: Arrays.extreme(a, b, largest: true) { Jaro.value($0, $1, winkler: false) }
        case .closestJaroWinkler: Arrays.extreme(a, b, largest: true) { Jaro.value($0, $1, winkler: true) }
        case .kilometres: GeographicDistance.kilometres(a, b)
        case .nickname: Nicknames.areForms(a, b) ? 1 : 0
        }
    }

    /// Whether the number is within the bound; nil as above. Stops as soon as that is sure.
    func holds(_ bound: Bound, _ a: Text, _ b: Text) -> Bool? {
        switch kind {
        case .jaroWinkler: Jaro.holds(bound, a, b, winkler: true)
        case .jaro: Jaro.holds(bound, a, b, winkler: false)
        case .levenshtein: Levenshtein.holds(bound, a, b)
        case .damerauLevenshtein: DamerauLevenshtein.holds(bound, a, b)
        // Compared in seconds, as the peer does, so that no division rounds.
        case .time: seconds(a, b).map { Bound(bound.sense, bound.limit * unit).holds($0) }
        case .closestLevenshtein where bound.isUpper:
            Arrays.anyHolds(a, b) { Levenshtein.holds(bound, $0, $1) }
        case .closestDamerauLevenshtein where bound.isUpper:
            Arrays.anyHolds(a, b) { DamerauLevenshtein.holds(bound, $0, $1) }
        case .closestJaro where !bound.isUpper:
            Arrays.anyHolds(a, b) { Jaro.holds(bound, $0, $1, winkler: false) }
        case .closestJaroWinkler where !bound.isUpper:
            Arrays.anyHolds(a, b) { Jaro.holds(bound, $0, $1, winkler: true) }
        default: value(a, b).map { bound.holds($0) }
        }
    }

    private func seconds(_ a: Text, _ b: Text) -> Double? {
        guard let format, let left = format.seconds(a), let right = format.seconds(b) else { return nil }
        return Double(abs(left - right))
    }

    private func numbers(_ a: Text, _ b: Text) -> (Double, Double)? {
        guard let left = Number.read(a), let right = Number.read(b) else { return nil }
        return (left, right)
    }

    /// Nil when the larger is 0. Below 0 when both are, as with the peer.
    private static func relative(_ a: Double, _ b: Double) -> Double? {
        let larger = max(a, b)
        return larger == 0 ? nil : abs(a - b) / larger
    }
}

extension Bound {
    /// Whether it limits from above.
    fileprivate var isUpper: Bool { sense == .atMost || sense == .below }
}

extension Comparator {
    /// A measure without what belongs to it, so that choosing costs no more than a jump.
    enum Kind {
        case levenshtein, damerauLevenshtein, jaro, jaroWinkler, jaccard, tokenJaccard, tokenCosine, cosine, time
        case difference, relativeDifference, commonElements, closestLevenshtein, closestDamerauLevenshtein
        case closestJaro, closestJaroWinkler, kilometres, nickname

        init(_ measure: Measure) {
            self =
                switch measure {
                case .levenshtein: .levenshtein
                case .damerauLevenshtein: .damerauLevenshtein
                case .jaro: .jaro
                case .jaroWinkler: .jaroWinkler
                case .jaccard: .jaccard
                case .tokenJaccard: .tokenJaccard
                case .tokenCosine: .tokenCosine
                case .cosine: .cosine
                case .days, .months, .years: .time
                case .difference: .difference
                case .relativeDifference: .relativeDifference
                case .commonElements: .commonElements
                case .closestLevenshtein: .closestLevenshtein
                case .closestDamerauLevenshtein: .closestDamerauLevenshtein
                case .closestJaro: .closestJaro
                case .closestJaroWinkler: .closestJaroWinkler
                case .kilometres: .kilometres
                case .nickname: .nickname
                }
        }
    }
}
