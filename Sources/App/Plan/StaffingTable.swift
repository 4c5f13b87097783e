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
        /// How long each is: the shortest distance of two.
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
        var (found, lines): ([Interval], [Moment: Int]) = ([], [:])
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            for row in 0..<batch.rowCount {
                // The names stand in line 1.
                let line = batch.firstRow + row + 2
                let (place, text) = ("\(reader.name), line \(line)", batch[row, 0] ?? "")
                let contacts = try number(batch[row, 1] ?? "", counts, place)
                let written = hasHandling ? batch[row, 2] ?? "" : ""
                let seconds = written.isEmpty ? nil : try number(written, "handling_seconds", place)
                guard let start = try starts.moment(of: text, holding: contacts, place) else { continue }
                if let earlier = lines.updateValue(line, forKey: start) {
                    throw PlanFault(
                        "\(place): the interval \(text.forMessage) stands in line \(earlier) already. Remove one.")
                }
                let handling = seconds.flatMap { $0 > 0 ? Duration.seconds($0) : nil }
                found.append(Interval(start: start, text: text, contacts: contacts, handling: handling))
            }
        }
        let all = found.sorted { $0.start < $1.start }
        guard let length = zip(all, all.dropFirst()).map({ $1.start - $0.start }).min() else {
            throw PlanFault(
                "\(reader.name): There are \(all.count) intervals. At least two are needed, to see how long they are.")
        }
        return Intervals(all: all, length: length)
    }

    private func number(_ text: String, _ column: String, _ place: String) throws -> Double {
        guard let number = Double(text), number >= 0, number < 1e12 else {
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
