public import Values

/// A day that is like no other of its weekday: a bank holiday, a deadline, a strike. Nothing is learnt from it for usual days.
public struct SpecialDay: Equatable, Sendable {
    /// Which day.
    public let day: Day
    /// What kind: days of one kind are like each other.
    public let kind: String
    /// How many times as much comes as on a usual day, where somebody says so; 0 when closed.
    public let factor: Double?

    /// A special day; a factor is 0 or more.
    public init(_ day: Day, kind: String = "", factor: Double? = nil) {
        precondition(factor ?? 0 >= 0, "a factor is 0 or more")
        self.day = day
        self.kind = kind
        self.factor = factor
    }
}

/// What earlier special days say of later ones.
struct SpecialDays {
    let days: [SpecialDay]
    let grid: SlotGrid
    /// The same series without special days.
    let usual: SlotGrid

    /// What is forecast of a special day whose usual forecast is this, slot by slot. Its factor comes first; else the profile of earlier
    /// days of its kind, or of any kind; else it is as usual.
    ///
    /// `range` is how many times as large, and as small, the earlier ones were as they were on average.
    func forecast(
        of special: SpecialDay, usual forecast: [Double]
    ) -> (values: [Double], source: Source, range: ClosedRange<Double>) {
        if let factor = special.factor { return (forecast.map { $0 * factor }, .factor, 1...1) }
        for kind in [special.kind, nil] {
            let earlier = days.filter { $0.day < special.day && (kind == nil || $0.kind == kind) }
            guard let profile = profile(of: earlier.map(\.day)) else { continue }
            let size = forecast.reduce(0, +) * profile.size
            return (profile.shape.map { $0 * size }, kind == nil ? .otherKinds : .sameKind, profile.range)
        }
        return (forecast, .usual, 1...1)
    }

    enum Source: Equatable { case factor, sameKind, otherKinds, usual }

    /// Of days in the past: how large they were beside the usual days of their weekday around them, and at what times.
    private func profile(of days: [Day]) -> (size: Double, shape: [Double], range: ClosedRange<Double>)? {
        var sizes: [Double] = []
        var shape = [Double](repeating: 0, count: grid.slotsPerDay)
        var expected = 0.0
        for day in days {
            let start = grid.index(of: day, slot: 0)
            guard start >= 0, start + grid.slotsPerDay <= grid.values.count else { continue }
            let values = grid.values[start..<start + grid.slotsPerDay]
            guard values.contains(where: { !$0.isNaN }) else { continue }
            let means = (start..<start + grid.slotsPerDay).map { usualMean(around: $0) }
            let known = zip(values, means).filter { !$0.0.isNaN }
            let usual = known.reduce(0) { $0 + $1.1 }
            // What is missing of the day was as much more or less than usual as the rest of it.
            let size = usual > 0 ? known.reduce(0) { $0 + $1.0 } / usual : 0
            if usual > 0 { sizes.append(size) }
            for (slot, value) in values.enumerated() {
                shape[slot] += value.isNaN ? means[slot] * size : value
                expected += means[slot]
            }
        }
        let all = shape.reduce(0, +)
        guard expected > 0 else { return nil }
        let mean = all / expected
        let range = mean > 0 ? min(1, (sizes.min() ?? mean) / mean)...max(1, (sizes.max() ?? mean) / mean) : 1...1
        return (mean, all > 0 ? shape.map { $0 / all } : shape, range)
    }

    /// The mean of the same slot of the week over four weeks before and four after.
    private func usualMean(around slot: Int) -> Double {
        let places = (-4...4).map { slot + $0 * grid.slotsPerWeek }.filter(usual.values.indices.contains)
        let values = places.map { usual.values[$0] }.filter { !$0.isNaN }
        return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
}
