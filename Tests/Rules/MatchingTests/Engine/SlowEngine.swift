@testable import Matching

/// A record as a dictionary.
struct PlainRecord: Sendable {
    var name: String
    var source: Int
    var values: [String: String]
}

/// The engine as one would write it who never hurries: every pair, every condition on strings, nothing remembered.
struct SlowEngine {
    let model: Model
    let sources: [String]
    let records: [PlainRecord]

    /// The weight of every pair that some rule brings together, by the places of the two records.
    func weights() -> [Pair: Double] {
        var found: [Pair: Double] = [:]
        for one in records.indices {
            for other in records.indices where one < other && mayLink(records[one], records[other]) {
                let (left, right) = precedes(one, other) ? (one, other) : (other, one)
                guard model.blocking.contains(where: { isPaired($0, left, right) }) else { continue }
                found[Pair(one, other)] = weight(records[left].values, records[right].values)
            }
        }
        return found
    }

    struct Pair: Hashable {
        let one, other: Int

        init(_ one: Int, _ other: Int) {
            (self.one, self.other) = (min(one, other), max(one, other))
        }
    }

    func precedes(_ one: Int, _ other: Int) -> Bool {
        let (first, second) = (records[one], records[other])
        if first.source != second.source { return sources[first.source] < sources[second.source] }
        return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
    }

    func mayLink(_ one: PlainRecord, _ other: PlainRecord) -> Bool {
        switch model.links {
        case .dedupe: one.source == other.source
        case .link: one.source != other.source
        case .linkAndDedupe: true
        case .only(let pairs):
            pairs.contains { pair in
                let names = [sources[one.source], sources[other.source]]
                return names == [pair.left, pair.right] || names == [pair.right, pair.left]
            }
        }
    }

    // MARK: Rules

    func isPaired(_ rule: BlockingRule, _ left: Int, _ right: Int) -> Bool {
        switch rule.kind {
        case .equal(let pairs, let also):
            // Every choice of one element of each exploded column that the side's keys read.
            let (leftColumns, rightColumns) = (pairs.flatMap(\.left.columns), pairs.flatMap(\.right.columns))
            let lefts = unnested(records[left].values, rule.explodes.filter(leftColumns.contains))
            let rights = unnested(records[right].values, rule.explodes.filter(rightColumns.contains))
            return lefts.contains { one in
                rights.contains { other in
                    pairs.allSatisfy { pair in
                        guard let key = value(pair.left, one) else { return false }
                        return key == value(pair.right, other)
                    } && also.map { truth($0, one, other) == true } ?? true
                }
            }
        case .neighbours(let expressions, let width): return areNear(left, right, expressions, width)
        case .similar(let expression, let grams, let bands, let rows):
            let sketch = Sketch(grams: grams, bands: bands, rows: rows)
            guard let one = value(expression, records[left].values),
                let other = value(expression, records[right].values),
                !one.isEmpty, !other.isEmpty
            else { return false }
            let groups = (withText(one, sketch.groups), withText(other, sketch.groups))
            return zip(groups.0, groups.1).contains { $0 == $1 }
        }
    }

    private func unnested(_ values: [String: String], _ columns: [String]) -> [[String: String]] {
        columns.reduce([values]) { found, column in
            found.flatMap { values -> [[String: String]] in
                guard let array = values[column], !array.isEmpty else { return [] }
                return array.split(separator: "\u{1f}", omittingEmptySubsequences: false).map { element in
                    var one = values
                    one[column] = String(element)
                    return one
                }
            }
        }
    }

    private func areNear(_ left: Int, _ right: Int, _ expressions: [Expression], _ width: Int) -> Bool {
        var keyed: [(key: [[UInt8]], row: Int)] = []
        for row in records.indices {
            let parts = expressions.compactMap { value($0, records[row].values).map { Array($0.utf8) } }
            if parts.count == expressions.count { keyed.append((parts, row)) }
        }
        keyed.sort { one, other in
            for (first, second) in zip(one.key, other.key) where first != second {
                return first.lexicographicallyPrecedes(second)
            }
            return precedes(one.row, other.row)
        }
        guard let first = keyed.firstIndex(where: { $0.row == left }),
            let second = keyed.firstIndex(where: { $0.row == right })
        else { return false }
        return abs(first - second) <= width
    }

    // MARK: Weights

    func weight(_ left: [String: String], _ right: [String: String]) -> Double {
        var sum = LogOdds.bits(model.prior / (1 - model.prior))
        for comparison in model.comparisons {
            let probabilities = comparison.probabilities
            let number = comparison.levels.firstIndex { truth($0.condition, left, right) == true }
            guard let number, !comparison.levels[number].isNull, let level = probabilities[number] else { continue }
            sum += LogOdds.bits(level.m / level.u) + adjustment(comparison, number, left, right)
        }
        return sum
    }

    private func adjustment(
        _ comparison: Comparison, _ number: Int, _ left: [String: String], _ right: [String: String]
    ) -> Double {
        guard let frequency = comparison.levels[number].frequency else { return 0 }
        let column = Expression.column(frequency.column)
        let exact = comparison.levels.firstIndex {
            $0.condition == .equal(Operand(.left, column), Operand(.right, column))
        }
        let place = frequency.usesOwnU ? number : exact ?? number
        guard let one = left[frequency.column], let other = right[frequency.column],
            let u = comparison.probabilities[place]?.u
        else { return 0 }
        let share = max(share(of: one, frequency.column), share(of: other, frequency.column), frequency.leastU ?? 0)
        return frequency.weight * (LogOdds.bits(u) - LogOdds.bits(share))
    }

    private func share(of value: String, _ column: String) -> Double {
        let all = records.compactMap { $0.values[column] }
        return Double(all.count { Array($0.utf8) == Array(value.utf8) }) / Double(all.count)
    }

    // MARK: Conditions

    func truth(_ condition: Condition, _ left: [String: String], _ right: [String: String]) -> Bool? {
        func value(_ operand: Operand) -> String? {
            self.value(operand.expression, operand.side == .left ? left : right)
        }
        switch condition {
        case .otherwise: return true
        case .all(let parts):
            let truths = parts.map { truth($0, left, right) }
            return truths.contains(false) ? false : truths.contains(nil) ? nil : true
        case .any(let parts):
            let truths = parts.map { truth($0, left, right) }
            return truths.contains(true) ? true : truths.contains(nil) ? nil : false
        case .not(let part): return truth(part, left, right).map { !$0 }
        case .isMissing(let operand): return value(operand) == nil
        case .equal(let one, let other):
            guard let one = value(one), let other = value(other) else { return nil }
            return Array(one.utf8) == Array(other.utf8)
        case .measured(let measure, let one, let other, let bound):
            guard let one = value(one), let other = value(other) else { return nil }
            let comparator = Comparator(measure)
            return withText(one) { one in withText(other) { comparator.value(one, $0).map { bound.holds($0) } } }
        }
    }

    /// By the string's own characters, which in these tests are single scalars.
    func value(_ expression: Expression, _ values: [String: String]) -> String? {
        switch expression {
        case .column(let name): return values[name]
        case .text(let text): return text
        case .lowercased(let inner): return value(inner, values)?.lowercased()
        case .nullIf(let inner, let text): return value(inner, values).flatMap { $0 == text ? nil : $0 }
        case .joined(let parts):
            let found = parts.compactMap { value($0, values) }
            return found.count == parts.count ? found.joined() : nil
        case .firstOf(let parts): return parts.lazy.compactMap { value($0, values) }.first
        case .substring(let inner, let from, let count):
            guard let text = value(inner, values) else { return nil }
            let tail = text.dropFirst(from - 1)
            return String(count.map { tail.prefix($0) } ?? tail)
        default: return Derivation.value(expression, values)
        }
    }

    private func withText<Result>(_ string: String, _ body: (Text) -> Result) -> Result {
        var string = string + "\0"
        return string.withUTF8 { buffer in
            let bytes = UnsafeBufferPointer(rebasing: buffer.dropLast())
            return body(Text(of: bytes) ?? Text.empty)
        }
    }
}

extension Derivation {
    fileprivate static func value(_ expression: Expression, _ values: [String: String]) -> String? {
        (try? Derivation(expression))?.value(values)
    }
}

extension Records {
    /// Records for a model, taken in as a reader would.
    init(of records: [PlainRecord], sources: [String], for model: Model) throws {
        var builder = try RecordsBuilder(for: model)
        for (number, source) in sources.enumerated() {
            try builder.begin(source: source)
            for record in records where record.source == number {
                try builder.append(name: record.name, builder.columns.map { record.values[$0] })
            }
        }
        self = try builder.finish()
    }
}

extension RecordsBuilder {
    /// Takes one record of strings.
    mutating func append(name: String, _ values: [String?]) throws(RecordFault) {
        let bytes = values.map { $0.map { Array($0.utf8) } }
        let all = Array(name.utf8) + bytes.flatMap { $0 ?? [] } + [0]
        let result = all.withUnsafeBufferPointer { all -> RecordFault? in
            var place = name.utf8.count
            let buffers = bytes.map { value -> UnsafeBufferPointer<UInt8>? in
                guard let value else { return nil }
                defer { place += value.count }
                return UnsafeBufferPointer(rebasing: all[place..<place + value.count])
            }
            return buffers.withUnsafeBufferPointer { buffers in
                do throws(RecordFault) {
                    try append(name: UnsafeBufferPointer(rebasing: all[..<name.utf8.count]), values: buffers)
                    return nil
                } catch { return error }
            }
        }
        if let result { throw result }
    }
}
