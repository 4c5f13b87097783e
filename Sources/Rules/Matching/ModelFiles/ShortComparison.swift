/// A comparison in one line of our own files: what kind, of which columns, with which limits.
struct ShortComparison: Equatable {
    var kind: Kind
    var columns: [Expression]
    /// Limits of the kind's measure from strictest to loosest.
    var limits: [Double] = []
    /// Periods from strictest to loosest, of dates.
    var periods: [Period] = []
    /// The format of dates.
    var format = SQLMeaning.isoDate
    /// With many levels, for models that are trained on records like those they link: of dates and names.
    var isRich = false

    enum Kind: String, CaseIterable {
        case exact, levenshtein, jaro, jaccard, date, postcode, email, name, names, nickname, firm, array, place
        case cosine, difference
        case damerauLevenshtein = "damerau-levenshtein"
        case jaroWinkler = "jaro-winkler"
        case tokenJaccard = "token-jaccard"
        case tokenCosine = "token-cosine"
        case relativeDifference = "relative-difference"
        case closestLevenshtein = "closest-levenshtein"
        case closestJaroWinkler = "closest-jaro-winkler"
    }

    struct Period: Hashable {
        var count: Double
        var unit: Unit

        enum Unit: String, CaseIterable {
            case day, month, year
        }

        var words: String { "\(SQLWriter.number(count)) \(unit.rawValue)\(count == 1 ? "" : "s")" }

        init(_ count: Double, _ unit: Unit) {
            self.count = count
            self.unit = unit
        }

        /// Such as `1 month` or `10 years`.
        init?(words: String) {
            let parts = words.split(separator: " ")
            guard parts.count == 2, let count = plainNumber(String(parts[0])), count >= 0, count.isFinite,
                let unit = Unit.allCases.first(where: { parts[1] == $0.rawValue || parts[1] == $0.rawValue + "s" })
            else { return nil }
            self.init(count, unit)
        }
    }

    /// How many columns the kind looks at.
    var columnCount: Int { kind == .names || kind == .place ? 2 : 1 }

    /// The measure of a kind that has one, its usual limits, and whether more is better.
    var measure: (measure: Measure, limits: [Double], moreIsBetter: Bool)? {
        switch kind {
        case .levenshtein: (.levenshtein, [1, 2], false)
        case .damerauLevenshtein: (.damerauLevenshtein, [1, 2], false)
        case .jaro: (.jaro, [0.9, 0.7], true)
        case .jaroWinkler: (.jaroWinkler, [0.9, 0.7], true)
        case .jaccard: (.jaccard, [0.9, 0.7], true)
        case .tokenJaccard: (.tokenJaccard, [0.7, 0.4], true)
        case .tokenCosine, .firm: (.tokenCosine, [0.9, 0.7, 0.5], true)
        case .cosine: (.cosine, [0.9, 0.8], true)
        case .difference: (.difference, [1, 10], false)
        case .relativeDifference: (.relativeDifference, [0.01, 0.1], false)
        case .array: (.commonElements, [1], true)
        case .closestLevenshtein: (.closestLevenshtein, [1, 2], false)
        case .closestJaroWinkler: (.closestJaroWinkler, [0.9, 0.7], true)
        case .place: (.kilometres, [1, 10, 100], false)
        case .name: (.jaroWinkler, [0.92, 0.88, 0.7], true)
        case .names: isRich ? nil : (.jaroWinkler, [0.92, 0.88], true)
        case .nickname: (.jaroWinkler, [0.9], true)
        case .email: (.jaroWinkler, [0.88], true)
        case .exact, .postcode, .date: nil
        }
    }

    static let usualPeriods = [Period(1, .month), Period(1, .year), Period(10, .year)]

    /// The limits as given, or the usual ones.
    var chosenLimits: [Double] { limits.isEmpty ? measure?.limits ?? [] : limits }
    var chosenPeriods: [Period] { periods.isEmpty ? Self.usualPeriods : periods }
}
