/// Formats of dates: those of `strptime`, and Spark's, which are Java's.
enum DatePattern {
    struct Fault: Error {
        var reason: String
    }

    /// Java's letters, longest first, and what they are in `strptime`.
    private static let letters: [(spark: String, strptime: String)] = [
        ("yyyy", "%Y"), ("MMMM", "%B"), ("MMM", "%b"), ("SSSSSS", "%f"), ("X" + "XX", "%z"), ("uuuu", "%Y"),
        ("SSS", "%g"),
        ("yy", "%y"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"), ("hh", "%I"), ("mm", "%M"), ("ss", "%S"),
        ("y", "%Y"), ("M", "%-m"), ("d", "%-d"), ("H", "%-H"), ("a", "%p"),
    ]

    /// A pattern of Spark's as a format of `strptime`.
    static func strptime(spark pattern: String) -> Result<String, Fault> {
        var rest = Substring(pattern)
        var format = ""
        while let character = rest.first {
            if character == "'" {
                guard let end = rest.dropFirst().firstIndex(of: "'") else {
                    return .failure(Fault(reason: "a quote in the date's format is not closed"))
                }
                let inside = rest[rest.index(after: rest.startIndex)..<end]
                format += inside.isEmpty ? "'" : inside.replacing("%", with: "%%")
                rest = rest[rest.index(after: end)...]
            } else if let letter = letters.first(where: { rest.hasPrefix($0.spark) }),
                rest.dropFirst(letter.spark.count).first != character
            {
                format += letter.strptime
                rest = rest.dropFirst(letter.spark.count)
            } else if character.isLetter || character == "%" {
                let reason = "\(quoted(String(character))) in the date's format \(quoted(pattern)) is not understood"
                return .failure(Fault(reason: reason))
            } else {
                format.append(character)
                rest = rest.dropFirst()
            }
        }
        return .success(format)
    }

    /// A format of `strptime` as Spark's; nil when Spark has no such thing.
    static func spark(strptime format: String) -> String? {
        var rest = Substring(format)
        var pattern = ""
        while let character = rest.first {
            if character == "%" {
                guard let letter = letters.first(where: { rest.hasPrefix($0.strptime) }) else { return nil }
                pattern += letter.spark
                rest = rest.dropFirst(letter.strptime.count)
            } else {
                guard character != "'" else { return nil }
                pattern += character.isLetter ? "'\(character)'" : String(character)
                rest = rest.dropFirst()
            }
        }
        return pattern
    }

    /// Whether a format of `strptime` has a time of day.
    static func hasTime(_ format: String) -> Bool {
        ["%H", "%-H", "%I", "%-I", "%M", "%S", "%s", "%X", "%c", "%T"].contains { format.contains($0) }
    }
}
