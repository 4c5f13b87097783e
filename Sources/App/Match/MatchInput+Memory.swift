import ArgumentParser
import Foundation
import Matching

/// How much memory linking may take, and where columns go that outgrow it.
struct MatchMemory: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "About how much memory to use, such as 4g or 600m. Unless said, columns may take a quarter of the machine's.",
            valueName: "size"))
    var memory: MemorySize?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where columns go that outgrow memory: a folder on a disk. Unless said: $TMPDIR, or /var/tmp.",
            valueName: "folder"))
    var workFolder: String?

    /// Half of the memory is for columns; the rest is for blocks, clusters and what is remembered of comparisons.
    var spill: Spill {
        let all = memory?.bytes ?? Int(clamping: ProcessInfo.processInfo.physicalMemory / 2)
        return Spill(to: workFolder ?? Self.usualFolder, beyond: all / 2)
    }

    /// The bytes that blocks may take at a time. Without a size there is no limit, so that the order of links depends
    /// on the options alone and not on the machine.
    var blockBytes: Int? { memory.map { $0.bytes / 4 } }

    /// Not /tmp, which on many machines is memory.
    private static var usualFolder: String {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
        return folder.isEmpty ? "/var/tmp" : folder
    }
}

/// A number of bytes as people write it: 4g, 600 MB, 1.5GiB. All count in 1,024s.
struct MemorySize: ExpressibleByArgument, Equatable {
    let bytes: Int

    init?(argument: String) {
        let text = argument.lowercased().filter { $0 != " " }
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let shifts = ["": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40]
        let unit = text.dropFirst(digits.count)
        let letter = unit.count > 1 && ["b", "ib"].contains(unit.dropFirst()) ? unit.prefix(1) : unit
        guard let number = Double(digits), let shift = shifts[String(letter)] else { return nil }
        let bytes = number * Double(1 << shift)
        // Less than a megabyte is a unit forgotten, such as 4 for 4g.
        guard bytes >= Double(1 << 20), bytes < 1e18 else { return nil }
        self.bytes = Int(bytes)
    }
}
