/// One series to come: contacts, or handling times.
struct SeriesForecast {
    let backTest: BackTest
    private(set) var notes: [String] = []

    private let grid: SlotGrid
    private let end: Int
    private var values: [Double]
    /// Of special days, slot by slot: how far apart the earlier ones were, as times what is expected.
    private var specialRanges: [Int: ClosedRange<Double>] = [:]
    private let spreads: [(days: ClosedRange<Int>, spread: ForecastSpread)]
    private let kind: SeriesKind
    private let share: Double

    init(_ grid: SlotGrid, _ kind: SeriesKind, end: Int, days: Int, covering share: Double) {
        self.grid = grid
        self.kind = kind
        self.end = end
        self.share = share
        let models = kind == .counts ? ForecastModel.forCounts : ForecastModel.forHandling
        let rolling = RollingOrigin(grid, kind, end: end, days: days, models: models)
        let bands = rolling.bands.compactMap { rolling.band($0, models: models, covering: share) }
        backTest = BackTest(bands: bands, origins: rolling.judged.count)
        spreads =
            kind == .means
            ? [] : bands.map { band in (band.days, rolling.spread(of: band.best, band.days, covering: share)) }
        let count = days * grid.slotsPerDay
        var said: [ForecastModel: [Double]] = [:]
        for model in Set(bands.map(\.best)).union([.baseline]) {
            said[model] = model.predictions(of: grid, kind, at: [end], count: count).first
        }
        values = (0..<count).map { slot in
            let day = slot / grid.slotsPerDay + 1
            let band = bands.first { $0.days.contains(day) } ?? bands.last
            return (said[band?.best ?? .baseline] ?? said[.baseline])?[slot] ?? 0
        }
        if bands.isEmpty, kind == .counts {
            notes.append("The history is too short for a back-test, so nothing says how far this forecast will be off.")
        } else if let last = bands.last, last.days.upperBound < days, kind == .counts {
            notes.append(
                "Beyond day \(last.days.upperBound) nothing was tried: the model and the bounds of that day are used.")
        }
    }

    func value(at slot: Int) -> Double {
        // An hour that the clock on the wall passes twice may be known from the first time.
        let value =
            slot < end ? grid.usual(slot, before: end) : values.indices.contains(slot - end) ? values[slot - end] : 0
        // At a time at which nothing was ever handled, handling takes what it takes at others.
        return value == 0 && kind == .means ? grid.mean(before: end, 4) ?? 0 : value
    }

    /// The bounds of a number of contacts.
    func range(at slot: Int) -> ClosedRange<Double> {
        let value = value(at: slot)
        guard value > 0 else { return 0...0 }
        let day = (slot - end) / grid.slotsPerDay + 1
        let spread = spreads.first { $0.days.contains(day) } ?? spreads.last
        let range = (spread?.spread ?? ForecastSpread(byChance: share)).range(around: value, day: day)
        guard let special = specialRanges[slot - end] else { return range }
        return range.lowerBound * special.lowerBound...range.upperBound * special.upperBound
    }

    /// Puts special days in; says of which ones nothing was known.
    mutating func setSpecial(_ special: SpecialDays) -> [String] {
        var unlike: [String] = []
        for day in special.days {
            let start = grid.index(of: day.day, slot: 0) - end
            let slots = (start..<start + grid.slotsPerDay).clamped(to: values.indices)
            guard !slots.isEmpty else { continue }
            // A day that has begun, or goes on after the horizon, is compared with the whole of usual ones all the same.
            let before = (start..<slots.lowerBound).map { grid.usual(end + $0, before: end) }
            let after = (slots.upperBound..<start + grid.slotsPerDay).map { grid.usual(end + $0, before: end) }
            let found = special.forecast(of: day, usual: before + values[slots] + after)
            for slot in slots { values[slot] = found.values[slot - start] }
            if found.range != 1...1 { for slot in slots { specialRanges[slot] = found.range } }
            switch found.source {
            case .factor, .sameKind: break
            case .otherKinds:
                unlike.append("\(day.day) is forecast by special days of other kinds: there was none of its own.")
            case .usual:
                unlike.append(
                    "\(day.day) is forecast as usual: no earlier special day is known, and no factor was given.")
            }
        }
        return unlike
    }
}
