/// The days of a scheme since its launch, taken apart: how much came day after day, and how the days of the week differ.
struct LaunchDays {
    private let days: [ArraySlice<Double>]
    private let totals: [Double]
    /// For each day modulo seven since the launch: its part of a mean day; 1 where too few weeks say.
    private let factors: [Double]

    /// A weekday with less than this part of a mean day says nothing of what would have come on another one.
    private static let least = 0.2

    init(_ grid: SlotGrid, from first: Int, count: Int) {
        days = (first..<first + count).map { day in
            let start = day * grid.slotsPerDay
            return grid.values[min(start, grid.values.count)..<min(start + grid.slotsPerDay, grid.values.count)]
        }
        totals = days.map { $0.reduce(0, +) }
        factors = Self.factors(of: totals)
    }

    /// What comes slot by slot in so many days from a launch that is so many days later in the week.
    func slots(of count: Int, later: Int) -> [Double] {
        let moved = (later + 7) % 7
        guard moved > 0 else { return (0..<count).flatMap { days[$0] } }
        return (0..<count).flatMap { day -> [Double] in
            let size = level(day) * factors[(day + moved) % 7]
            let like = days[nearest(to: day, moved)]
            let all = like.reduce(0, +)
            return all > 0 ? like.map { $0 / all * size } : [Double](repeating: 0, count: like.count)
        }
    }

    /// What would have come on a mean day of the week, so long after the launch; between its neighbours where that day was closed.
    private func level(_ day: Int) -> Double {
        func known(_ day: Int) -> Double? {
            totals.indices.contains(day) && factors[day % 7] >= Self.least ? totals[day] / factors[day % 7] : nil
        }
        if let own = known(day) { return own }
        let before = stride(from: day - 1, through: 0, by: -1).lazy.compactMap(known).first
        let after = (day + 1..<max(day + 1, totals.count)).lazy.compactMap(known).first
        let near = [before, after].compactMap(\.self)
        return near.isEmpty ? 0 : near.reduce(0, +) / Double(near.count)
    }

    /// The nearest day with the weekday that this one will have, and on which somebody came if there is one.
    private func nearest(to day: Int, _ moved: Int) -> Int {
        let alike = totals.indices.filter { $0 % 7 == (day + moved) % 7 }
        let open = alike.filter { totals[$0] > 0 }
        return (open.isEmpty ? alike : open).min { abs($0 - day) < abs($1 - day) } ?? day
    }

    /// All of each weekday beside the weeks around it, where two weeks or more are known: a rush that dies away is in both, and few
    /// contacts count for little.
    private static func factors(of totals: [Double]) -> [Double] {
        var (own, around) = ([Double](repeating: 0, count: 7), [Double](repeating: 0, count: 7))
        guard totals.count >= 14 else { return [Double](repeating: 1, count: 7) }
        for day in 3..<totals.count - 3 {
            own[day % 7] += totals[day]
            around[day % 7] += totals[day - 3...day + 3].reduce(0, +) / 7
        }
        let means = zip(own, around).map { $1 > 0 ? $0 / $1 : 1 }
        let whole = means.reduce(0, +)
        return whole > 0 ? means.map { $0 * 7 / whole } : [Double](repeating: 1, count: 7)
    }
}
