import Hummingbird
import Synchronization
import Values

/// Counts what the server does, for Prometheus (text format 0.0.4).
///
/// By hand, because the package that would do it is not among those this project can build from.
package final class Metrics: Sendable {
    private struct Key: Hashable {
        let name: String
        let labels: String
    }

    private struct Histogram {
        var counts = [Int](repeating: 0, count: Metrics.bounds.count)
        var total = 0
        var sum = 0.0
    }

    private struct Numbers {
        var counters: [Key: Int] = [:]
        var histograms: [Key: Histogram] = [:]
        var gauges: [(name: String, help: String, read: @Sendable () async -> Double)] = []
    }

    /// Upper bounds of the duration buckets, in seconds.
    private static let bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private let numbers = Mutex(Numbers())

    package init() {}

    /// Adds to a counter; its name ends in `_total`.
    package func count(_ name: String, _ labels: KeyValuePairs<String, String> = [:], by amount: Int = 1) {
        let key = Key(name: name, labels: Metrics.text(of: labels))
        numbers.withLock { $0.counters[key, default: 0] += amount }
    }

    /// Notes a duration; the name ends in `_seconds`.
    package func observe(_ name: String, _ labels: KeyValuePairs<String, String> = [:], _ duration: Duration) {
        let key = Key(name: name, labels: Metrics.text(of: labels))
        let seconds = duration.inSeconds
        numbers.withLock { numbers in
            var histogram = numbers.histograms[key] ?? Histogram()
            if let index = Metrics.bounds.firstIndex(where: { seconds <= $0 }) { histogram.counts[index] += 1 }
            histogram.total += 1
            histogram.sum += seconds
            numbers.histograms[key] = histogram
        }
    }

    /// Adds a number that is read when somebody asks.
    package func gauge(_ name: String, help: String, read: @escaping @Sendable () async -> Double) {
        numbers.withLock { $0.gauges.append((name, help, read)) }
    }

    /// Everything, as Prometheus reads it.
    package func exposition() async -> String {
        let (counters, histograms, gauges) = numbers.withLock { ($0.counters, $0.histograms, $0.gauges) }
        var lines: [String] = []
        for (name, group) in Dictionary(grouping: counters, by: \.key.name).sorted(by: { $0.key < $1.key }) {
            lines.append("# TYPE \(name) counter")
            for (key, value) in group.sorted(by: { $0.key.labels < $1.key.labels }) {
                lines.append("\(name)\(Metrics.braces(key.labels)) \(value)")
            }
        }
        for (name, group) in Dictionary(grouping: histograms, by: \.key.name).sorted(by: { $0.key < $1.key }) {
            lines.append("# TYPE \(name) histogram")
            for (key, value) in group.sorted(by: { $0.key.labels < $1.key.labels }) {
                lines += Metrics.lines(name, key.labels, value)
            }
        }
        for gauge in gauges {
            lines.append("# HELP \(gauge.name) \(gauge.help)")
            lines.append("# TYPE \(gauge.name) gauge")
            lines.append("\(gauge.name) \(await gauge.read())")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ name: String, _ labels: String, _ histogram: Histogram) -> [String] {
        let comma = labels.isEmpty ? "" : ","
        var lines: [String] = []
        var below = 0
        for (bound, count) in zip(bounds, histogram.counts) {
            below += count
            lines.append("\(name)_bucket{\(labels)\(comma)le=\"\(bound)\"} \(below)")
        }
        lines.append("\(name)_bucket{\(labels)\(comma)le=\"+Inf\"} \(histogram.total)")
        lines.append("\(name)_sum\(braces(labels)) \(histogram.sum)")
        lines.append("\(name)_count\(braces(labels)) \(histogram.total)")
        return lines
    }

    private static func braces(_ labels: String) -> String {
        labels.isEmpty ? "" : "{\(labels)}"
    }

    private static func text(of labels: KeyValuePairs<String, String>) -> String {
        labels.map { name, value in
            "\(name)=\"\(escaped(value))\""
        }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        // Hardly ever is there anything to escape, and this is done twice for every request.
        guard value.utf8.contains(where: { [UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "\n")].contains($0) })
        else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
