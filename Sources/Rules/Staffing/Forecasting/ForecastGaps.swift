import Values

extension SlotGrid {
    /// What of the time to come the history says little or nothing about; `expected` is what is forecast for a slot.
    ///
    /// - Parameters:
    ///   - slots: What is forecast; of it the first week is looked at.
    func gaps(before origin: Int, forecasting slots: Range<Int>, _ expected: (Int) -> Double) -> [String] {
        let week = slots.prefix(slotsPerWeek)
        var notes: [String] = []
        let seen = Set(values.indices.filter { !values[$0].isNaN }.map { day(of: $0).weekday })
        let unseen = Set(week.map { day(of: $0).weekday }).subtracting(seen).sorted()
        if !unseen.isEmpty {
            let names = unseen.map { Self.weekdays[$0 - 1] }.joined(separator: ", ")
            notes.append("The history has no \(names): taken for closed, so nobody is expected then.")
        }
        let old = week.count { slot in
            expected(slot) > 0
                && [1, 2].allSatisfy { weeks in
                    let place = slot - weeks * slotsPerWeek
                    return place >= 0 && place < origin && isWeekKnown(of: place) && values[place].isNaN
                }
        }
        if old > 0 {
            notes.append(
                "\(old) intervals of the week have no row in the last two weeks and are forecast from earlier ones. If the line is "
                    + "closed then, write 0 there.")
        }
        return notes
    }

    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
