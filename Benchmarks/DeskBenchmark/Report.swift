import Foundation
import Histogram

/// Latencies in nanoseconds, shown in milliseconds.
struct Latencies {
    private var histogram = Histogram<UInt32>(numberOfSignificantValueDigits: .three)

    var count: Int { Int(histogram.totalCount) }

    mutating func note(since start: UInt64) {
        note(from: start, to: DeskBenchmark.nanoseconds())
    }

    mutating func note(from start: UInt64, to end: UInt64) {
        _ = histogram.record(end - start)
    }

    func nanoseconds(at percentile: Double) -> UInt64 {
        histogram.totalCount == 0 ? 0 : histogram.valueAtPercentile(percentile)
    }

    func at(_ percentile: Double) -> String {
        histogram.totalCount == 0 ? "-" : Latencies.milliseconds(histogram.valueAtPercentile(percentile))
    }

    var most: String { histogram.totalCount == 0 ? "-" : Latencies.milliseconds(histogram.max) }

    /// `p50 1.2 p90 … max … ms`.
    var line: String {
        "p50 \(at(50))  p90 \(at(90))  p99 \(at(99))  max \(most) ms  (\(count))"
    }

    private static func milliseconds(_ nanoseconds: UInt64) -> String {
        "\(nanoseconds / 1_000_000).\(nanoseconds / 100_000 % 10)"
    }
}

/// One line of a result: what it is, then its value.
func show(_ name: String, _ value: some CustomStringConvertible) {
    print(name + String(repeating: " ", count: max(2, 36 - name.count)) + value.description)
    fflush(nil)  // Seen at once, also through a pipe.
}

func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}
