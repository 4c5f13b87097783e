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
        return try ScenarioFile.read([UInt8](bytes), name: path) {
            file, day, zone, open in
            let whole = file.hasPrefix("/") ? file : folder.appendingPathComponent(file).path
            return try ArrivalsFile(path: whole, day: day, zone: zone ?? .staff, open: open).read()
        }
    }
}
