extension Measure {
    /// The measure of two texts, such as `Measure.jaroWinkler.value("martha", "marhta")`, about 0.961.
    ///
    /// Similarities are between 0 and 1, distances whole numbers of edits, times in the measure's own unit. Characters
    /// are Unicode scalars: the same letter composed in two ways is not the same. Arrays are written with U+001F
    /// between their elements. `tokenCosine` takes all words as equally rare here. Nil when the texts are no dates
    /// (or the format is none, see `reads`), no numbers, no places, or empty where that leaves nothing to measure.
    public func value(_ a: String, _ b: String) -> Double? {
        Text.borrowed(a) { left in Text.borrowed(b) { right in Comparator(self).value(left, right) } }
    }

    /// Whether the measure of two texts is within the bound; nil as for `value`.
    public func holds(_ bound: Bound, _ a: String, _ b: String) -> Bool? {
        Text.borrowed(a) { left in Text.borrowed(b) { right in Comparator(self).holds(bound, left, right) } }
    }

    /// Whether dates can be read in this format of `strptime`: %d %m %Y %y %b %B %H %M %S %T and plain ASCII.
    public static func reads(format: String) -> Bool {
        DateFormat(format) != nil
    }
}

extension Text {
    /// Calls with the text of a string, which lives as long as the call.
    static func borrowed<Result>(_ string: String, _ use: (Self) -> Result) -> Result {
        var string = string
        return string.withUTF8 { bytes in
            // An empty string may have no place at all; any will do, since nothing is read from it.
            guard let start = bytes.baseAddress else {
                return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { spare in
                    spare.initialize(repeating: 0)
                    guard let start = spare.baseAddress else { preconditionFailure("One byte has a place.") }
                    return use(Self(start: start, count: 0, isASCII: true))
                }
            }
            return use(Self(start: start, count: bytes.count, isASCII: bytes.allSatisfy { $0 < 0x80 }))
        }
    }
}
