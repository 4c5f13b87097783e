internal import BoundedYAML
public import Foundation
internal import Values

/// Reads a scenario from YAML: bytes in, a scenario or a list of faults out, no file touched.
///
/// `docs/examples/surge.yaml` has every key. Every fault names its place and its line.
public enum ScenarioFile {
    /// The arrivals that stand in a file of their own, by its name as the scenario has it, on the scenario's day and by its time zone
    /// if it has them, for a queue that is open then.
    public typealias Arrivals =
        (_ file: String, _ day: String?, _ zone: TimeZone?, _ open: Range<Duration>) throws -> [ArrivalStretch]

    private static let mostBytes = 4 << 20
    private static let limits = YAMLLimits(depth: 24, nodes: 200_000)

    /// `name` is put before each place. `arrivals` reads what the scenario refers to; it may throw whatever it likes.
    public static func read(
        _ bytes: [UInt8], name: String,
        arrivals: @escaping Arrivals = { file, _, _, _ in
            throw ScenarioFaults([ScenarioFault(at: file, "Arrivals from a file are not read here.")])
        }
    ) throws -> Scenario {
        guard bytes.count <= mostBytes else {
            throw ScenarioFaults([ScenarioFault(at: name, "The file is larger than 4 MiB.")])
        }
        let node: YAMLNode
        do {
            node = try YAMLNode.read(bytes, within: limits)
        } catch {
            let reason = error.reason.prefix(1).uppercased() + error.reason.dropFirst()
            throw ScenarioFaults([ScenarioFault(at: joined(name, error.line.map { "line \($0)" } ?? ""), reason)])
        }
        var reader = ScenarioReader(arrivals: arrivals)
        let scenario = try reader.scenario(node)
        guard reader.reading.faults.isEmpty, let scenario else {
            throw ScenarioFaults(reader.reading.faults.map { ScenarioFault(at: joined(name, $0.place), $0.reason) })
        }
        let faults = scenario.faults
        guard faults.isEmpty else {
            throw ScenarioFaults(
                faults.map { fault in
                    let line = line(of: fault.place, in: reader.reading.lines)
                    let place = line.map { "\(fault.place) (line \($0))" } ?? fault.place
                    return ScenarioFault(at: joined(name, place), fault.reason)
                })
        }
        return scenario
    }

    private static func joined(_ name: String, _ place: String) -> String {
        place.isEmpty ? name : "\(name): \(place)"
    }

    /// The line of the place, or of what it is a part of.
    private static func line(of place: String, in lines: [String: Int]) -> Int? {
        var place = place[...]
        while !place.isEmpty {
            if let line = lines[String(place)] { return line }
            guard let end = place.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            place = place[..<end]
        }
        return nil
    }
}
