import Foundation

/// What is told on the standard error, such as complaints; and results in words, on the standard output.
enum Terminal {
    static func complain(_ sentence: String) {
        FileHandle.standardError.write(Data("Error: \(sentence)\n".utf8))
    }

    static func note(_ sentence: String) {
        FileHandle.standardError.write(Data("Note: \(sentence)\n".utf8))
    }

    /// Prints results, to the standard output.
    static func print(_ lines: [String]) throws {
        try Draft(lines.map { "\($0)\n" }.joined(), for: "-").finish()
    }

    static func say(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}

/// One line on the terminal that says how far a step is, and how long it will still take.
///
/// Nothing is shown where the standard error is no terminal. Written at most ten times a second.
struct ProgressLine: Sendable {
    private let step: String
    private let isShown: Bool
    private let began: ContinuousClock.Instant
    private var shown: ContinuousClock.Instant

    init(_ step: String) {
        self.step = step
        isShown = isatty(STDERR_FILENO) == 1
        began = ContinuousClock.now
        shown = began - .seconds(1)
    }

    /// Shows a share from 0 to 1, when it is known, and a few words.
    mutating func show(_ share: Double?, _ words: @autoclosure () -> String = "") {
        guard isShown else { return }
        let now = ContinuousClock.now
        guard now - shown >= .milliseconds(100) else { return }
        shown = now
        var line = step
        if let share { line += String(format: " %3.0f %%", share * 100) }
        line += words().isEmpty ? "" : ", \(words())"
        if let share, share > 0.02 {
            let seconds = Double((now - began).components.seconds) + 0.5
            line += ", \(Self.duration(seconds / share - seconds)) left"
        }
        FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
    }

    func finish() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(max(0, seconds))
        return whole < 90 ? "\(whole) s" : whole < 5400 ? "\(whole / 60) min" : "\(whole / 3600) h"
    }
}

extension Int {
    /// With commas between thousands, for reading.
    var grouped: String {
        var digits = String(magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.append(String(digits.suffix(3)))
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups.reversed()).joined(separator: ",")
    }
}

extension Double {
    /// With four digits after the point, for reading.
    var inFour: String { String(format: "%.4f", self) }
}
