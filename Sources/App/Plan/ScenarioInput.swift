import ArgumentParser
import Foundation
import Staffing
import Tables
import Values

/// How scenarios are lived through: the same for every step that simulates.
struct ScenarioInput: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "How many days are lived through; intervals narrow with their square root.", valueName: "number"))
    var replications = "20"

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Where chance begins. The same seed gives the same days.", valueName: "number"))
    var seed = "1"

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How many cores to use; all unless said. Results do not depend on it.", valueName: "number"))
    var cores: String?

    func validate() throws {
        _ = try days()
        _ = try chance()
        _ = try workers()
    }

    func days() throws -> Int {
        try PlanWords.whole(replications, in: 1...Simulation.mostReplications, of: "--replications")
    }

    func chance() throws -> UInt64 {
        guard let number = UInt64(seed) else {
            throw ValidationError("--seed is a whole number, 0 or more; \"\(seed)\" is not.")
        }
        return number
    }

    func workers() throws -> Int {
        try cores.map { try PlanWords.whole($0, in: 1...1_024, of: "--cores") }
            ?? ProcessInfo.processInfo.activeProcessorCount
    }

    /// Reads a scenario and the arrivals that it refers to, which lie beside it.
    static func scenario(_ path: String) throws -> Scenario {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            if Draft.isFolder(path) { throw PlanFault("\(path): This is a folder. Name a file in it.") }
            throw PlanFault(
                "\(path): There is no such file that can be read. Name a scenario, as in docs/examples/surge.yaml.")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return try ScenarioFile.read([UInt8](bytes), name: path) { file, day, zone in
            let whole = file.hasPrefix("/") ? file : folder.appendingPathComponent(file).path
            return try ArrivalsFile(path: whole, day: day, zone: zone ?? .staff).read()
        }
    }
}

/// The arrivals of one day, as they stand in a table: `start` and `count`, or `expected` as `plan forecast` writes it.
struct ArrivalsFile {
    let path: String
    let day: String?
    /// By whose clock the centre opens: starts without a zone are by it, all others are put on it.
    let zone: TimeZone

    func read() throws -> [ArrivalStretch] {
        let reader = try TableReader(path)
        let counts = ["count", "expected"].first(where: reader.columns.contains) ?? "count"
        try reader.select(["start", counts])
        var starts = StartReader(zone: zone)
        var batch = TableBatch()
        var rows: [(minute: Int, count: Double)] = []
        var days: Set<Day> = []
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            for row in 0..<batch.rowCount {
                // The names stand in line 1.
                let place = "\(reader.name), line \(batch.firstRow + row + 2)"
                guard let text = batch[row, 1], let count = Double(text), count.isFinite, count >= 0 else {
                    throw PlanFault(
                        "\(place): the \(counts) \"\((batch[row, 1] ?? "").forMessage)\" is no number of contacts. Give 0 or more."
                    )
                }
                guard let start = try starts.moment(of: batch[row, 0] ?? "", holding: count, place) else { continue }
                let wall = zone.wallClock(at: start)
                days.insert(wall.day)
                if day.map({ Day($0) == wall.day }) ?? true { rows.append((wall.minute, count)) }
            }
        }
        if day == nil, days.count > 1 {
            throw PlanFault(
                "\(reader.name): The table holds \(days.count) days. Say which in the scenario: day: 2026-12-07.")
        }
        guard rows.count >= 2 else {
            throw PlanFault(
                "\(reader.name): There are \(rows.count) intervals\(day.map { " on \($0)" } ?? ""). At least two are needed."
            )
        }
        return stretches(of: rows.sorted { $0.minute < $1.minute })
    }

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
