/// One part of a derivation. Trivial, so that following it counts no references; `from` is the step whose result it
/// takes, texts are ranges of the derivation's constants.
enum DerivationStep: Sendable {
    /// A place in the constants or in the list of parts.
    struct Span: Sendable {
        var start, count: Int32
    }

    case column(Int32)
    case text(Span)
    case substring(from: Int32, place: Int, count: Int)
    case extract(from: Int32, pattern: Int32)
    case changedCase(from: Int32, isUpper: Bool)
    case trimmed(from: Int32)
    case replaced(from: Int32, Span, with: Span)
    case nullIf(from: Int32, Span)
    case joined(Span)
    case firstOf(Span)
    case soundex(from: Int32)
    case doubleMetaphone(from: Int32)
    case element(from: Int32, Int)
    case date(from: Int32, format: Int32)
}

/// The steps of an expression, written one after the other.
struct DerivationPlan {
    private(set) var steps: [DerivationStep] = []
    private(set) var parts: [Int32] = []
    private(set) var constants: [UInt8] = []
    private(set) var patterns: [Pattern] = []
    private(set) var formats: [DateFormat] = []
    private let columns: [String]

    private static let mostNested = 100
    private static let mostSteps = 10_000

    init(_ expression: Expression, columns: [String]) throws(ModelFault) {
        self.columns = columns
        _ = try add(expression, depth: 0)
    }

    /// Adds the steps of the expression; gives the last, which has its result.
    private mutating func add(_ expression: Expression, depth: Int) throws(ModelFault) -> Int32 {
        guard depth < Self.mostNested, steps.count < Self.mostSteps else {
            throw ModelFault(at: "", "The expression is nested too deep or too long: split it over several columns.")
        }
        var inner: [Int32] = []
        for part in expression.parts { inner.append(try add(part, depth: depth + 1)) }
        steps.append(try step(expression, of: inner))
        return Int32(steps.count - 1)
    }

    private mutating func step(_ expression: Expression, of inner: [Int32]) throws(ModelFault) -> DerivationStep {
        let from = inner.first ?? 0
        switch expression {
        case .column(let name): return .column(Int32(columns.firstIndex(of: name) ?? 0))
        case .text(let text): return .text(constant(text))
        case .substring(_, let place, let count):
            guard count ?? 0 >= 0 else {
                throw ModelFault(at: "substring", "Its length is negative: give the number of characters to take.")
            }
            return .substring(from: from, place: place, count: count ?? .max)
        case .extract(_, let pattern, let group):
            patterns.append(try Pattern(pattern, group: group))
            return .extract(from: from, pattern: Int32(patterns.count - 1))
        case .lowercased: return .changedCase(from: from, isUpper: false)
        case .uppercased: return .changedCase(from: from, isUpper: true)
        case .trimmed: return .trimmed(from: from)
        case .replaced(_, let old, let new): return .replaced(from: from, constant(old), with: constant(new))
        case .nullIf(_, let text): return .nullIf(from: from, constant(text))
        case .joined: return .joined(try list(inner, "join"))
        case .firstOf: return .firstOf(try list(inner, "choose from"))
        case .soundex: return .soundex(from: from)
        case .doubleMetaphone: return .doubleMetaphone(from: from)
        case .element(_, let place):
            guard place != 0 else {
                throw ModelFault(at: "element 0", "An array has no such element: 1 is the first, -1 the last.")
            }
            return .element(from: from, place)
        case .date(_, let format):
            guard let ready = DateFormat(format) else {
                throw ModelFault(
                    at: "date format \"\(format)\"",
                    "It is not understood. Write it with %d, %m, %Y, %y, %b, %B, %H, %M and %S, such as %d/%m/%Y.")
            }
            formats.append(ready)
            return .date(from: from, format: Int32(formats.count - 1))
        }
    }

    private mutating func constant(_ text: String) -> DerivationStep.Span {
        let start = constants.count
        constants += text.utf8
        return .init(start: Int32(start), count: Int32(constants.count - start))
    }

    private mutating func list(_ inner: [Int32], _ verb: String) throws(ModelFault) -> DerivationStep.Span {
        guard !inner.isEmpty else {
            throw ModelFault(at: "empty list", "There is nothing to \(verb): name at least one column or text.")
        }
        parts += inner
        return .init(start: Int32(parts.count - inner.count), count: Int32(inner.count))
    }
}
