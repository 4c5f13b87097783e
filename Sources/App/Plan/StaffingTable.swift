import Foundation
import Tables
import Values

/// Intervals that are to be staffed, as they stand in a table: `start`, `expected` or `count`, and `handling_seconds` where it is known.
struct StaffingTable {
    struct Interval {
        let start: Moment
        /// The start as it was written.
        let text: String
        let contacts: Double
        /// How long each contact keeps an adviser, on average.
        let handling: Duration?
    }

    struct Intervals {
        let all: [Interval]
        /// How long each is, by the clock on the wall.
        let length: Duration
    }

    let path: String
    let zone: TimeZone

    /// The intervals in their order. Refuses what is no number, and two of one start.
    func read() throws -> Intervals {
        let reader = try TableReader(path)
        let counts = ["expected", "count"].first(where: reader.columns.contains) ?? "expected"
        let hasHandling = reader.columns.contains("handling_seconds")
        try reader.select(["start", counts] + (hasHandling ? ["handling_seconds"] : []))
        var starts = StartReader(zone: zone)
        var batch = TableBatch()
        var found: [Interval] = []
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            for row in 0..<batch.rowCount {
                // The names stand in line 1.
                let line = batch.firstRow + row + 2
                let (place, text) = ("\(reader.name), line \(line)", batch[row, 0] ?? "")
                let contacts = try number(batch[row, 1] ?? "", counts, place)
                let written = hasHandling ? batch[row, 2] ?? "" : ""
                let seconds = written.isEmpty ? nil : try number(written, "handling_seconds", place)
                guard let start = try starts.moment(of: text, holding: contacts, line: line, in: reader.name) else {
                    continue
                }
                let handling = seconds.flatMap { $0 > 0 ? Duration.seconds($0) : nil }
                found.append(Interval(start: start, text: text, contacts: contacts, handling: handling))
            }
        }
        let all = found.sorted { $0.start < $1.start }
        return Intervals(all: all, length: .minutes(Int64(try minutes(of: all, in: reader.name))))
    }

    /// The commonest distance of two by the clock on the wall, on whose beat all must be.
    private func minutes(of all: [Interval], in name: String) throws -> Int {
        let walls = all.map { one in
            let wall = zone.wallClock(at: one.start)
            return wall.day.daysSinceEpoch * 1_440 + wall.minute
        }
        var times: [Int: Int] = [:]
        for (one, next) in zip(walls, walls.dropFirst()) where next > one { times[next - one, default: 0] += 1 }
        guard let length = times.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else {
            let count = all.count == 1 ? "is 1 interval" : "are \(all.count) intervals"
            throw PlanFault("\(name): There \(count). At least two are needed, to see how long they are.")
        }
        for (one, wall) in zip(all, walls) where (wall - walls[0]) % length != 0 {
            throw PlanFault(
                "\(name): \(one.text) is off the beat of \(length) minutes, which most intervals have. Give intervals of one length."
            )
        }
        return length
    }

    private func number(_ text: String, _ column: String, _ place: String) throws -> Double {
        guard let number = PlanWords.decimal(text), number >= 0, number < 1e12 else {
            throw PlanFault("\(place): the \(column) \"\(text.forMessage)\" is no number from 0 on.")
        }
        return number
    }
}

extension Moment {
    /// By the clock on the wall, with its distance from UTC.
    func written(in zone: TimeZone) -> String {
        let wall = zone.wallClock(at: self)
        let ahead = Int((wall.day.startInUTC + .minutes(Int64(wall.minute)) - self).milliseconds / 60_000)
        return String(
            format: "%@T%02d:%02d:00%@%02d:%02d", wall.day.description, wall.minute / 60, wall.minute % 60,
            ahead < 0 ? "-" : "+", abs(ahead) / 60, abs(ahead) % 60)
    }
}
