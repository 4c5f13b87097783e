import Glibc
import Histogram

/// One line of the table.
struct Row {
    static let heading =
        pad("profiles", 9) + pad("advisers", 10) + pad("waiting", 9) + pad("demands", 9) + pad("p50", 8) + pad("p99", 8)
        + pad("p99.9", 9) + pad("max", 10) + pad("events/s", 11) + pad("MiB", 7)

    let profiles: String
    let advisers: Int
    let waiting: Int
    let demands: Int
    /// In nanoseconds.
    let times: Histogram<UInt32>
    let eventsPerSecond: Int

    var line: String {
        pad(profiles, 9) + pad("\(advisers)", 10) + pad("\(waiting)", 9) + pad("\(demands)", 9)
            + Self.times(of: times) + pad("\(eventsPerSecond)", 11) + pad("\(residentMemory() >> 20)", 7)
    }

    static func times(of times: Histogram<UInt32>) -> String {
        pad(micro(times.valueAtPercentile(50)), 8) + pad(micro(times.valueAtPercentile(99)), 8)
            + pad(micro(times.valueAtPercentile(99.9)), 9) + pad(micro(times.max), 10)
    }

    /// Nanoseconds as microseconds with one decimal.
    private static func micro(_ nanoseconds: UInt64) -> String {
        "\(nanoseconds / 1_000).\(nanoseconds % 1_000 / 100)"
    }
}

func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
}

/// Nanoseconds of a clock that only goes forward.
func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Bytes of this process in memory; 0 where /proc is not there.
func residentMemory() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 128)
    guard fgets(&buffer, 128, file) != nil else { return 0 }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
}
