import Foundation
import Logging
import Synchronization

/// Writes the log to standard error, one JSON object a line: `{"at":"…","level":"info","message":"…",…}`.
package struct JSONLog: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private static let output = Mutex(FileHandle.standardError)

    package init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line: [String: String] = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
        if let id = line.removeValue(forKey: "hb.request.id") { line["request"] = id }
        line["at"] = Date.now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
        line["level"] = event.level.rawValue
        line["label"] = label
        line["message"] = "\(event.message)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var data = try? encoder.encode(line) else { return }
        data.append(UInt8(ascii: "\n"))
        JSONLog.output.withLock { output in
            // A log that cannot be written must not stop the work it reports on.
            try? output.write(contentsOf: data)
        }
    }
}
