/// An expression made ready: reads the values of its columns, writes its own.
///
/// What only cuts (columns, substrings, extracts) points into the values and copies nothing; what makes new text writes
/// it behind the caller's output, which serves as the scratch pad, so that nothing is allocated for a value.
struct Derivation: Sendable {
    /// The columns it reads, each once, in the order of the values given to `append`.
    let columns: [String]
    let steps: [DerivationStep]
    let parts: [Int32]
    let constants: [UInt8]
    let patterns: [Pattern]
    let formats: [DateFormat]

    /// Refuses what cannot be computed, such as a regular expression with something unsupported; the fault says what,
    /// and where in the pattern.
    init(_ expression: Expression) throws(ModelFault) {
        columns = expression.columns
        let plan = try DerivationPlan(expression, columns: columns)
        (steps, parts, constants) = (plan.steps, plan.parts, plan.constants)
        (patterns, formats) = (plan.patterns, plan.formats)
    }

    /// Appends the result's bytes to `output` and says true; or says false and appends nothing when it is missing.
    ///
    /// - Parameter values: one for each of `columns`, nil when missing; none may lie in `output`.
    func append(_ values: UnsafeBufferPointer<Text?>, to output: inout [UInt8]) -> Bool {
        precondition(values.count == columns.count, "A derivation needs a value, or nil, for each of its columns.")
        let mark = output.count
        guard let piece = piece(Int32(steps.count - 1), of: values, &output) else {
            output.removeLast(output.count - mark)
            return false
        }
        piece.settle(at: mark, in: &output)
        return true
    }

    /// The same for an expression with a single column.
    func append(_ value: Text, to output: inout [UInt8]) -> Bool {
        withUnsafePointer(to: Optional(value)) { append(UnsafeBufferPointer(start: $0, count: 1), to: &output) }
    }

    /// The result for values by their columns' names, or nil when it is missing. For messages and tests.
    func value(_ strings: [String: String]) -> String? {
        var bytes: [UInt8] = []
        let ranges = columns.map { name in
            strings[name].map { string in
                let start = bytes.count
                bytes += string.utf8
                return start..<bytes.count
            }
        }
        bytes.append(0)  // so that an empty text has an address, too
        var output: [UInt8] = []
        let isThere = bytes.withUnsafeBufferPointer { bytes in
            let values = ranges.map { range in
                range.flatMap { range in
                    bytes.baseAddress.map {
                        Text(
                            start: $0 + range.lowerBound, count: range.count,
                            isASCII: bytes[range].allSatisfy { $0 < 0x80 })
                    }
                }
            }
            return values.withUnsafeBufferPointer { append($0, to: &output) }
        }
        return isThere ? String(decoding: output, as: UTF8.self) : nil
    }
}
