#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The days of a scheme since its launch, taken apart: how much would have come on a mean day of the week, so long after the launch, and
/// how the days of the week differ.
///
/// In logarithms the two add up, so each is what the other leaves: the course is a straight line through the two weeks around a day, a
/// weekday the mean of what its days stand above the line (as in seasonal adjustment by moving averages; W. Cleveland et al., "STL",
/// 1990). Days count as much as came on them.
struct LaunchDays {
    /// What came slot by slot, also where it was filled from other weeks; and in all, nil where that day is not known.
    private let days: [[Double]]
    private let totals: [Double?]
    /// For each day modulo seven since the launch: how many times a mean day of the week; 0 where it is closed.
    private let factors: [Double]
    private let slotsPerDay: Int

    /// - Parameters:
    ///   - grid: as it is known; `filled` is the same with nothing missing.
    ///   - first: the day of the launch among the grid's, negative where rows begin later.
    init(_ grid: SlotGrid, filled: SlotGrid, from first: Int, count: Int) {
        func slots(_ grid: SlotGrid, _ day: Int) -> [Double] {
            let start = (first + day) * grid.slotsPerDay
            return (start..<start + grid.slotsPerDay).map { grid.values.indices.contains($0) ? grid.values[$0] : .nan }
        }
        slotsPerDay = grid.slotsPerDay
        days = (0..<count).map { slots(filled, $0).map { $0.isNaN ? 0 : $0 } }
        totals = (0..<count).map { day in
            let known = slots(grid, day).filter { !$0.isNaN }
            // Hours that are closed may be missing; a day of which nothing is known is not known.
            return known.isEmpty ? nil : slots(filled, day).reduce(0) { $0 + ($1.isNaN ? 0 : $1) }
        }
        factors = Self.factors(of: totals)
    }

    /// Whether something came on any day.
    var isEmpty: Bool { !totals.contains { ($0 ?? 0) > 0 } }

    /// Whether too little is known to tell the days of the week apart.
    var isShort: Bool { totals.count < Self.least }

    /// What comes slot by slot in so many days from a launch that is so many days later in the week.
    func slots(of count: Int, later: Int) -> [Double] {
        let moved = (later % 7 + 7) % 7
        return (0..<count).flatMap { day -> [Double] in
            if moved == 0, totals[day] != nil { return days[day] }
            let size = level(day) * factors[(day + moved) % 7]
            let like = days[nearest(to: day, moved)]
            let all = like.reduce(0, +)
            return all > 0 && size > 0 ? like.map { $0 / all * size } : [Double](repeating: 0, count: slotsPerDay)
        }
    }

    /// What would have come on a mean day of the week, so long after the launch: between its neighbours, in logarithms, where that day
    /// was closed or is not known.
    private func level(_ day: Int) -> Double {
        func known(_ day: Int) -> Double? {
            guard let total = totals[day], total > 0, factors[day % 7] > 0 else { return nil }
            return total / factors[day % 7]
        }
        if let own = known(day) { return own }
        let before = stride(from: day - 1, through: 0, by: -1).lazy.compactMap { place in
            known(place).map { (place, $0) }
        }.first
        let after = (day + 1..<max(day + 1, totals.count)).lazy.compactMap { place in known(place).map { (place, $0) } }
            .first
        guard let before, let after else { return (before ?? after)?.1 ?? 0 }
        let part = Double(day - before.0) / Double(after.0 - before.0)
        return exp((1 - part) * log(before.1) + part * log(after.1))
    }

    /// The nearest day with the weekday that this one will have, or else the nearest at all, on which somebody came.
    private func nearest(to day: Int, _ moved: Int) -> Int {
        let open = days.indices.filter { days[$0].contains { $0 > 0 } }
        let alike = open.filter { $0 % 7 == (day + moved) % 7 }
        return (alike.isEmpty ? open : alike).min { abs($0 - day) < abs($1 - day) } ?? day
    }

    // MARK: - Weekdays

    /// From so many days on weekdays can be told from the course.
    private static let least = 14

    private static func factors(of totals: [Double?]) -> [Double] {
        let weekdays = (0..<7).map { weekday in
            totals.indices.filter { $0 % 7 == weekday }.compactMap { day in totals[day].map { (day: day, total: $0) } }
        }
        // Whoever was never there on a weekday is closed then; of a weekday that is not known nothing can be said.
        var factors = weekdays.map { days in days.isEmpty || days.contains { $0.total > 0 } ? 1.0 : 0 }
        guard totals.count >= least else { return factors }
        for _ in 0..<20 {
            var logs = factors
            for (weekday, days) in weekdays.enumerated() where factors[weekday] > 0 {
                var (sum, weight) = (0.0, 0.0)
                for (day, total) in days where total > 0 {
                    guard let course = course(at: day, totals, factors) else { continue }
                    sum += total * (log(total) - course)
                    weight += total
                }
                logs[weekday] = weight > 0 ? sum / weight : 0
            }
            let open = factors.indices.filter { factors[$0] > 0 }
            let mean = open.isEmpty ? 0 : open.reduce(0) { $0 + logs[$1] } / Double(open.count)
            for weekday in open { factors[weekday] = exp(logs[weekday] - mean) }
        }
        return factors
    }

    /// The logarithm of a mean day's contacts by a straight line through the open days of a week before and after.
    private static func course(at day: Int, _ totals: [Double?], _ factors: [Double]) -> Double? {
        var (n, x, y, xx, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for near in max(0, day - 7)...min(totals.count - 1, day + 7) {
            guard let total = totals[near], total > 0, factors[near % 7] > 0 else { continue }
            let (place, value) = (Double(near - day), log(total / factors[near % 7]))
            (n, x, y) = (n + total, x + total * place, y + total * value)
            (xx, xy) = (xx + total * place * place, xy + total * place * value)
        }
        guard n > 0 else { return nil }
        let spread = xx - x * x / n
        let slope = spread > 0 ? (xy - x * y / n) / spread : 0
        return (y - slope * x) / n
    }
}
