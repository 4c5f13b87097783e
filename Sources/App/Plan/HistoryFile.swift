import Foundation
import Staffing
import Tables
import Values

/// A history of contacts, as it stands in a table: start, count and, if there are, how many were handled, and the seconds that
/// advisers were at work on them in all.
struct HistoryFile {
    let path: String
    let zone: TimeZone

    func read() throws -> ContactHistory {
        let reader = try TableReader(path)
        let found = ["handled", "handled_seconds"].filter(reader.columns.contains)
        try reader.select(["start", "count"] + found)
        var starts = StartReader(zone: zone)
        var batch = TableBatch()
        var intervals: [ContactHistory.Interval] = []
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            for row in 0..<batch.rowCount {
                // The names stand in line 1.
                let place = "\(reader.name), line \(batch.firstRow + row + 2)"
                let count = try number(batch[row, 1], "count", place)
                func optional(_ column: String) throws -> Double? {
                    let text = found.firstIndex(of: column).flatMap { batch[row, $0 + 2] }
                    return try text.map { try number($0, column, place) }
                }
                let (handled, seconds) = (try optional("handled"), try optional("handled_seconds"))
                let line = batch.firstRow + row + 2
                guard
                    let start = try starts.moment(of: batch[row, 0] ?? "", holding: count, line: line, in: reader.name)
                else { continue }
                intervals.append(
                    .init(start: start, count: count, work: seconds.map { .seconds($0) }, handled: handled))
            }
        }
        do {
            return try ContactHistory(intervals, in: zone)
        } catch {
            let line = error.start.flatMap { starts.lines[$0] }.map { ", line \($0)" } ?? ""
            throw PlanFault("\(reader.name)\(line): \(error.sentence)")
        }
    }

    private func number(_ text: String?, _ column: String, _ place: String) throws -> Double {
        guard let text, let number = PlanWords.decimal(text), !number.isNaN else {
            let what = text.map { "\"\($0.forMessage)\" is no number" } ?? "is missing"
            throw PlanFault("\(place): the \(column) \(what). Give 0 or more.")
        }
        guard number >= 0 else {
            throw PlanFault("\(place): the \(column) cannot be negative, as \(text.forMessage) is.")
        }
        guard number < 1e15 else {
            throw PlanFault(
                "\(place): the \(column) \(text.forMessage) is more than there are people. Is there a digit too many?")
        }
        return number
    }
}

/// Reads when intervals start: `2026-11-22T09:30:00Z`, `2026-11-22 09:30`, `2026-11-22T09:30+01:00`, `2026-11-22`. What says no
/// zone is by the clock on the wall.
struct StartReader {
    private let zone: TimeZone
    /// Of an hour that is passed twice, the starts that came once.
    private var passedOnce: Set<Moment> = []
    /// In which line each interval stands.
    private(set) var lines: [Moment: Int] = [:]

    init(zone: TimeZone) { self.zone = zone }

    /// The moment of an interval that stands in this line; nil as below. Refuses an interval that stands twice.
    mutating func moment(of text: String, holding count: Double, line: Int, in name: String) throws -> Moment? {
        let place = "\(name), line \(line)"
        guard let moment = try moment(of: text, holding: count, place) else { return nil }
        if let earlier = lines.updateValue(line, forKey: moment) {
            throw PlanFault(
                "\(place): the interval \(text.forMessage) stands in line \(earlier) already. Add them up, or remove one."
            )
        }
        return moment
    }

    /// The moment; nil for an interval that the clock on the wall skips and that holds nothing.
    private mutating func moment(of text: String, holding count: Double, _ place: String) throws -> Moment? {
        guard let parts = Parts(text) else {
            throw PlanFault(
                "\(place): the start \"\(text.forMessage)\" is no time. Write 2026-11-22 09:30, or 2026-11-22T09:30:00Z."
            )
        }
        if let offset = parts.offset { return parts.day.startInUTC + .minutes(Int64(parts.minute - offset)) }
        let moment = zone.moment(on: parts.day, minute: parts.minute)
        guard zone.wallClock(at: moment) == (parts.day, parts.minute) else {
            guard count > 0 else { return nil }
            throw PlanFault(
                "\(place): the clock in \(zone.identifier) never showed \(text). Check the time, or name the time zone (--zone; in a scenario, zone)."
            )
        }
        let again = moment + .hours(1)
        guard zone.wallClock(at: again) == (parts.day, parts.minute) else { return moment }
        return passedOnce.insert(moment).inserted ? moment : again
    }

    /// A written time, taken apart.
    private struct Parts {
        let day: Day
        let minute: Int
        /// Minutes before UTC, where the text says so.
        let offset: Int?

        init?(_ text: String) {
            guard let day = Day(String(text.prefix(10))), Day.usual.contains(day) else { return nil }
            self.day = day
            var rest = text.dropFirst(10)
            guard !rest.isEmpty else {
                (minute, offset) = (0, nil)
                return
            }
            guard rest.first == "T" || rest.first == " " else { return nil }
            rest.removeFirst()
            let sign = rest.firstIndex { "+-Zz".contains($0) }
            let clock = rest[..<(sign ?? rest.endIndex)].split(separator: ":", omittingEmptySubsequences: false)
            guard (2...3).contains(clock.count), let hour = Self.number(clock[0]), let minute = Self.number(clock[1]),
                hour < 24, minute < 60, clock.count < 3 || Double(clock[2]) == 0
            else { return nil }
            self.minute = hour * 60 + minute
            guard let sign else {
                offset = nil
                return
            }
            let zone = rest[sign...]
            guard zone.uppercased() != "Z" else {
                offset = 0
                return
            }
            let digits = zone.dropFirst().filter { $0 != ":" }
            guard digits.count == 4, let value = Int(digits), value / 100 <= 14, value % 100 < 60 else { return nil }
            offset = (zone.first == "-" ? -1 : 1) * (value / 100 * 60 + value % 100)
        }

        private static func number(_ text: Substring) -> Int? {
            text.count <= 2 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
        }
    }
}

/// Special days, as they stand in a table: day and, if there are, kind and factor.
enum SpecialFile {
    static func read(_ path: String) throws -> [SpecialDay] {
        let reader = try TableReader(path)
        let found = ["kind", "factor"].filter(reader.columns.contains)
        try reader.select(["day"] + found)
        var batch = TableBatch()
        var days: [SpecialDay] = []
        while try reader.read(into: &batch) {
            for row in 0..<batch.rowCount {
                let place = "\(reader.name), line \(batch.firstRow + row + 2)"
                let text = batch[row, 0] ?? ""
                guard let day = Day(text) else {
                    throw PlanFault("\(place): \"\(text.forMessage)\" is no day. Write 2026-12-25.")
                }
                guard !days.contains(where: { $0.day == day }) else {
                    throw PlanFault("\(place): \(day) stands there already. A day is special once.")
                }
                func value(_ column: String) -> String? { found.firstIndex(of: column).flatMap { batch[row, $0 + 1] } }
                let factor = value("factor").map { PlanWords.decimal($0) ?? .nan }
                guard factor.map({ $0 >= 0 && $0 <= 1_000 }) ?? true else {
                    throw PlanFault("\(place): the factor \"\(value("factor") ?? "")\" is no number from 0 to 1000.")
                }
                days.append(SpecialDay(day, kind: value("kind") ?? "", factor: factor))
            }
        }
        return days
    }
}
