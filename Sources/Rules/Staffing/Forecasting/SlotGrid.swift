import Values

/// A series by the clock on the wall: so many slots to each day, all days of 24 hours. A value that is missing is NaN.
///
/// Customers follow the clock on the wall. Where clocks go forward the skipped slots are missing; where they go back two
/// intervals fall into one slot, which has their mean.
struct SlotGrid: Equatable, Sendable {
    let firstDay: Day
    let slotsPerDay: Int
    var values: [Double]
    /// How much each value stands for, such as how many contacts a handling time is the mean of; nil where all are alike.
    var weights: [Double]?
    /// For each week from Monday on, whether anything of it is known.
    private let weeksKnown: [Bool]

    init(firstDay: Day, slotsPerDay: Int, values: [Double], weights: [Double]? = nil) {
        self.weights = weights
        self.firstDay = firstDay
        self.slotsPerDay = slotsPerDay
        self.values = values
        let lead = (firstDay.weekday - 1) * slotsPerDay
        weeksKnown = stride(from: -lead, to: values.count, by: 7 * slotsPerDay).map { start in
            values[max(0, start)..<min(values.count, start + 7 * slotsPerDay)].contains { !$0.isNaN }
        }
    }

    var slotsPerWeek: Int { slotsPerDay * 7 }

    /// The slot within the week, from Monday's first.
    func slotOfWeek(_ slot: Int) -> Int {
        (slot + (firstDay.weekday - 1) * slotsPerDay) % slotsPerWeek
    }

    /// Whether anything is known of the week in which a slot lies.
    func isWeekKnown(of slot: Int) -> Bool {
        weeksKnown[(slot + (firstDay.weekday - 1) * slotsPerDay) / slotsPerWeek]
    }

    func day(of slot: Int) -> Day { firstDay + slot / slotsPerDay }

    /// The place of a slot of a day, which may lie beyond what is known.
    func index(of day: Day, slot: Int) -> Int { (day - firstDay) * slotsPerDay + slot }

    /// The places of a day, as far as they are among others.
    func slots(of day: Day, among places: Range<Int>) -> Range<Int> {
        let start = index(of: day, slot: 0)
        return (start..<start + slotsPerDay).clamped(to: places)
    }

    /// The same from the interval on in which first something came: zeros before say only that there was no queue yet.
    func begun() -> SlotGrid {
        guard let first = values.firstIndex(where: { $0 > 0 }) else { return self }
        let unknown = [Double](repeating: .nan, count: first)
        return SlotGrid(
            firstDay: firstDay, slotsPerDay: slotsPerDay, values: unknown + values[unknown.count...], weights: weights)
    }

    /// The same without the values of some days.
    func without(_ days: Set<Day>) -> SlotGrid {
        var grid = self
        for day in days {
            for slot in slots(of: day, among: values.indices) { grid.values[slot] = .nan }
        }
        return grid
    }
}
