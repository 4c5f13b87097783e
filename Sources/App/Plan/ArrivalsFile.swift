import Foundation
import Staffing
import Tables
import Values

/// The arrivals of one day, as they stand in a table: `start` and `count`, or `expected` as `plan forecast` writes it.
struct ArrivalsFile {
    let path: String
    let day: String?
    /// By whose clock the centre opens: starts without a zone are by it, all others are put on it.
    let zone: TimeZone
    /// When the queue is open, from midnight; beyond 24 hours on the next day.
    let open: Range<Duration>

    private struct Row {
        let start: Moment
        let wall: (day: Day, minute: Int)
        let count: Double
    }

    func read() throws -> [ArrivalStretch] {
        let reader = try TableReader(path)
        let counts = ["expected", "count"].first(where: reader.columns.contains) ?? "count"
        try reader.select(["start", counts])
        var starts = StartReader(zone: zone)
        var batch = TableBatch()
        var rows: [Row] = []
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            for row in 0..<batch.rowCount {
                // The names stand in line 1.
                let line = batch.firstRow + row + 2
                let place = "\(reader.name), line \(line)"
                guard let text = batch[row, 1], let count = PlanWords.decimal(text), count.isFinite, count >= 0 else {
                    throw PlanFault(
                        "\(place): the \(counts) \"\((batch[row, 1] ?? "").forMessage)\" is no number of contacts. Give 0 or more."
                    )
                }
                guard
                    let start = try starts.moment(of: batch[row, 0] ?? "", holding: count, line: line, in: reader.name)
                else { continue }
                rows.append(Row(start: start, wall: zone.wallClock(at: start), count: count))
            }
        }
        return stretches(of: try minutes(of: rows, in: reader.name))
    }

    /// The rows of the day, by minutes since its midnight; where the queue is open into the next morning, that morning's instead of its own.
    private func minutes(of rows: [Row], in name: String) throws -> [(minute: Int, count: Double)] {
        let first = day.flatMap { Day($0) } ?? rows.map(\.wall.day).min() ?? Day(Moment.earliest)
        let isNight = open.upperBound > .days(1)
        let range = isNight ? minute(open.lowerBound)..<minute(open.upperBound) : 0..<1_440
        let all = rows.map { (minute: ($0.wall.day - first) * 1_440 + $0.wall.minute, count: $0.count) }
        let found = all.filter { range.contains($0.minute) }
        if isNight, day == nil, let last = rows.map(\.wall.day).max(), last - first > 1 {
            throw PlanFault(
                "\(name): The table holds \(last - first + 1) days. Say which in the scenario: day: 2026-12-07.")
        }
        if isNight, !found.isEmpty, !found.contains(where: { $0.minute >= 1_440 }) {
            throw PlanFault(
                "\(name): The queue is open into the next morning, and the table has nothing of \(first + 1). Add those rows, or close at 24:00."
            )
        }
        if day == nil, !isNight, found.count < all.count {
            let days = Set(rows.map(\.wall.day)).count
            throw PlanFault("\(name): The table holds \(days) days. Say which in the scenario: day: 2026-12-07.")
        }
        guard found.count >= 2 else {
            throw PlanFault(
                "\(name): There \(found.count == 1 ? "is 1 interval" : "are \(found.count) intervals") while the queue is open\(day.map { " on \($0)" } ?? ""). At least two are needed."
            )
        }
        return found.sorted { $0.minute < $1.minute }
    }

    private func minute(_ time: Duration) -> Int { Int(time.milliseconds / 60_000) }

    /// An interval lasts until the next begins, but no longer than the shortest; those that hold nothing are left out. Of an hour that
    /// the clock on the wall passes twice, those of one time are one.
    private func stretches(of all: [(minute: Int, count: Double)]) -> [ArrivalStretch] {
        var rows: [(minute: Int, count: Double)] = []
        for row in all {
            if rows.last?.minute == row.minute { rows[rows.count - 1].count += row.count } else { rows.append(row) }
        }
        let length = max(1, zip(rows, rows.dropFirst()).map { $1.minute - $0.minute }.filter { $0 > 0 }.min() ?? 15)
        return rows.filter { $0.count > 0 }.map { row in
            let start = Duration.minutes(Int64(row.minute))
            return ArrivalStretch(start..<start + .minutes(Int64(length)), expected: row.count)
        }
    }
}
