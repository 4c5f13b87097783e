import Testing
import Values

@testable import Matching

/// Whatever the bytes, a reader gives a model or a refusal that names the file; never anything else.
struct ModelFuzzTests {
    private func mutate(_ bytes: [UInt8], by chance: inout SeededChance) -> [UInt8] {
        var bytes = bytes
        for _ in 0...chance.below(4) where !bytes.isEmpty {
            let at = chance.below(bytes.count)
            switch chance.below(6) {
            case 0: bytes[at] = UInt8(truncatingIfNeeded: chance.next())
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(Array("\"'[]{}():,-.0eln&*%".utf8)[chance.below(19)], at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + chance.below(40)))
            case 4:
                let piece = bytes[at..<min(bytes.count, at + chance.below(60))]
                bytes.insert(contentsOf: piece, at: chance.below(bytes.count))
            default: bytes.swapAt(at, chance.below(bytes.count))
            }
        }
        return bytes
    }

    private func check(_ bytes: [UInt8], _ seed: UInt64) {
        do {
            let model = try Model(contents: bytes, file: "x")
            // What was read is written and read as the same, or the peer cannot say it and is told so.
            let again = try Model(yaml: model.yaml(), file: "again")
            #expect(again == model, "seed \(seed)")
            if let json = try? model.splinkJSON() {
                _ = try Model(splink: json, file: "again")
            }
        } catch {
            #expect(!error.faults.isEmpty && error.faults.count <= ModelFaults.most, "seed \(seed)")
            #expect(error.faults.allSatisfy { $0.place.hasPrefix("x") && !$0.reason.isEmpty }, "\(error) seed \(seed)")
        }
    }

    @Test(arguments: [UInt64(1), 2, 3]) func `a damaged JSON model is a model or a refusal`(seed: UInt64) {
        var chance = SeededChance(seed: seed)
        let bytes = Array(SampleModels.splink.utf8)
        for _ in 0..<60 { check(mutate(bytes, by: &chance), seed) }
    }

    @Test(arguments: [UInt64(4), 5, 6]) func `a damaged YAML model is a model or a refusal`(seed: UInt64) {
        var chance = SeededChance(seed: seed)
        let bytes = Array(SampleModels.yaml.utf8)
        for _ in 0..<60 { check(mutate(bytes, by: &chance), seed) }
    }

    @Test func `random bytes are a refusal`() {
        var chance = SeededChance(seed: 7)
        for _ in 0..<300 {
            let bytes = (0..<chance.below(80)).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
            #expect(throws: ModelFaults.self) { try Model(splink: bytes, file: "x") }
            #expect(throws: ModelFaults.self) { try Model(yaml: bytes, file: "x") }
        }
    }

    @Test func `random words of SQL are a condition or a refusal`() {
        let words = [
            "a_l", "a_r", "\"b_l\"", "=", "<=", "(", ")", "AND", "OR", "NOT", "IS NULL", "1", "0.5", "'x'",
            "levenshtein(a_l, a_r)", "abs(", "-", "||", "::date", "[1]", "year(", "length(", "IN", "substr(a_l, 1)",
            "a_l = a_r", "lower(a_l)", "CASE", "WHEN", "x -> x", "END", "days(a_l, a_r)", "NULLIF(a_l, 'x')",
        ]
        var chance = SeededChance(seed: 8)
        for _ in 0..<1000 {
            let sql = (0...chance.below(9)).map { _ in words[chance.below(words.count)] }.joined(separator: " ")
            guard let condition = try? Condition(sql: sql) else { continue }
            #expect((try? Condition(sql: condition.sql())) == condition, "\(sql)")
        }
    }

    @Test(arguments: SQLDialect.allCases) func `any condition written is read as the same`(dialect: SQLDialect) throws {
        var chance = SeededChance(seed: 9)
        for _ in 0..<150 {
            let made = condition(depth: 3, by: &chance)
            let sql = try made.sql(in: dialect)
            #expect(try Condition(sql: sql, dialect: dialect) == made, "\(sql)")
            if let sql = try? made.sql(in: dialect, allowsOwn: false) {
                #expect(try Condition(sql: sql, dialect: dialect, allowsOwn: false) == made, "\(sql)")
            }
        }
    }

    private func condition(depth: Int, by chance: inout SeededChance) -> Condition {
        let (left, right) = (operand(by: &chance), operand(by: &chance))
        let inner = depth > 0 ? (0...1 + chance.below(2)).map { _ in condition(depth: depth - 1, by: &chance) } : []
        let measures: [Measure] = [
            .levenshtein, .damerauLevenshtein, .jaro, .jaroWinkler, .jaccard, .tokenCosine, .cosine, .difference,
            .relativeDifference, .commonElements, .closestJaro, .kilometres, .nickname, .days(format: "%d/%m/%Y"),
        ]
        let senses: [Bound.Sense] = [.atLeast, .above, .atMost, .below]
        switch chance.below(depth > 0 ? 7 : 4) {
        case 0: return .isMissing(left)
        case 1: return .equal(left, right)
        case 2, 3:
            let measure = measures[chance.below(measures.count)]
            // Days become seconds, and not every fraction of a day is a number of seconds to the last bit.
            let parts = if case .days = measure { 4.0 } else { 1000.0 }
            let bound = Bound(senses[chance.below(4)], Double(chance.below(1_000_000)) / parts)
            return .measured(measure, left, right, bound)
        case 4: return .not(inner[0])
        case 5: return .all(inner)
        default: return .any(inner)
        }
    }

    private func operand(by chance: inout SeededChance) -> Operand {
        let columns = ["a", "first name", "select", "é", "x\"`y", "l", "case"]
        let texts = ["", "x", "it's", "\\d", "\"", "é", "--"]
        var expression = Expression.column(columns[chance.below(columns.count)])
        for _ in 0..<chance.below(4) {
            let text = texts[chance.below(texts.count)]
            expression =
                switch chance.below(10) {
                case 0: .lowercased(expression)
                case 1: .substring(expression, from: 1 + chance.below(4), count: 1 + chance.below(4))
                case 2: .extract(expression, pattern: "(\(text))(.)", group: chance.below(3))
                case 3: .replaced(expression, text, with: text)
                case 4: .nullIf(expression, text)
                case 5: .firstOf([expression, .column("b")])
                case 6: .element(expression, chance.below(2) == 0 ? -1 : 2)
                case 7: .date(expression, format: "%Y-%m-%d")
                case 8: .substring(expression, from: -3, count: nil)
                default: .trimmed(expression)
                }
        }
        return Operand(chance.below(2) == 0 ? .left : .right, expression)
    }
}
