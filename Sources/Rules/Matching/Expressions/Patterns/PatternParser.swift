/// Reads a regular expression: the part of RE2's language that models of people and firms use.
///
/// Literals, `.`, classes, `\d \w \s \b` and their opposites, groups, alternatives, repetition with its lazy forms,
/// `^ $ \A \z`, `(?i)` and `(?s)`. The rest (looking ahead or behind, references back, `\p{…}`, `(?m)`) is refused.
struct PatternParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    var groups = 0
    var depth = 0
    var ignoresCase = false
    var dotTakesNewline = false
    let text: String

    static let longestPattern = 2_000
    static let mostNested = 50
    static let mostRepeats = 1_000

    init(_ pattern: String) {
        text = pattern
        scalars = Array(pattern.unicodeScalars)
    }

    /// The tree and how many groups it has.
    static func parse(_ pattern: String) throws(ModelFault) -> (tree: PatternNode, groups: Int) {
        var parser = PatternParser(pattern)
        guard parser.scalars.count <= longestPattern else {
            throw parser.fault("It is longer than \(longestPattern) characters: shorten it.", at: longestPattern)
        }
        let tree = try parser.choice()
        if parser.position < parser.scalars.count {
            throw parser.fault("This `)` closes nothing: remove it or write `\\)`.", at: parser.position)
        }
        return (tree, parser.groups)
    }

    func fault(_ reason: String, at place: Int) -> ModelFault {
        let shown = String(String.UnicodeScalarView(scalars.prefix(60))).map { $0.isNewline ? " " : $0 }
        let quoted = "\(String(shown))\(scalars.count > 60 ? "…" : "")"
        return ModelFault(at: "regular expression '\(quoted)', character \(place + 1)", reason)
    }

    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    mutating func take(_ word: String) -> Bool {
        let wanted = Array(word.unicodeScalars)
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }
}

extension PatternParser {
    mutating func choice() throws(ModelFault) -> PatternNode {
        var ways = [try row()]
        while take("|" as Unicode.Scalar) { ways.append(try row()) }
        return ways.count == 1 ? ways[0] : .choice(ways)
    }

    private mutating func row() throws(ModelFault) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let start = position
            let part = try atom()
            if case .some(let part) = part { parts.append(try repeated(part, from: start)) }
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .row(parts)
    }

    /// One thing that can be repeated; nil for flags, which only change how the rest is read.
    private mutating func atom() throws(ModelFault) -> PatternNode? {
        let start = position
        let scalar = scalars[start]
        position += 1
        switch scalar {
        case "(": return try group(from: start)
        case "[": return .one(try bracket(from: start))
        case ".": return .one(dotTakesNewline ? ScalarSet().inverted : ScalarSet.newline.inverted)
        case "^": return .look(.start)
        case "$": return .look(.end)
        case "\\": return try escape(from: start)
        case "*", "+", "?":
            throw fault("There is nothing before `\(scalar)` to repeat: write `\\\(scalar)`.", at: start)
        default: return .one(cased(ScalarSet(scalar.value)))
        }
    }

    func cased(_ set: ScalarSet) -> ScalarSet { ignoresCase ? set.withBothCases : set }

    private mutating func escape(from start: Int) throws(ModelFault) -> PatternNode {
        switch next {
        case "b": position += 1; return .look(.boundary)
        case "B": position += 1; return .look(.noBoundary)
        case "A": position += 1; return .look(.start)
        case "z": position += 1; return .look(.end)
        default:
            let set = try escapedSet(from: start)
            let isInverted = set.ranges.last?.upperBound == ScalarSet.last  // then both cases were taken out
            return .one(isInverted ? set : cased(set))
        }
    }
}

extension PatternParser {
    private mutating func repeated(_ body: PatternNode, from start: Int) throws(ModelFault) -> PatternNode {
        guard let (least, most) = try bounds() else { return body }
        let isGreedy = !take("?" as Unicode.Scalar)
        let end = position
        if try bounds() != nil {
            throw fault("A repetition cannot be repeated: put what comes before into `(?:…)`.", at: end)
        }
        return .repeated(body, least: least, most: most, isGreedy: isGreedy)
    }

    private mutating func bounds() throws(ModelFault) -> (Int, Int?)? {
        let start = position
        switch next {
        case "*": position += 1; return (0, nil)
        case "+": position += 1; return (1, nil)
        case "?": position += 1; return (0, 1)
        case "{": position += 1
        default: return nil
        }
        let counted = number()
        var most = counted
        if counted != nil, take("," as Unicode.Scalar) { most = number() }
        guard let least = counted, take("}" as Unicode.Scalar) else {
            position = start  // a brace that counts nothing is a character like any other, as in RE2
            return nil
        }
        guard least <= Self.mostRepeats, most ?? 0 <= Self.mostRepeats else {
            throw fault("At most \(Self.mostRepeats) repetitions can be counted: use `*` or `+`.", at: start)
        }
        if let most, most < least {
            throw fault("The larger number of repetitions stands first: swap them.", at: start)
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = next?.value, (0x30...0x39).contains(digit) {
            value = min(1_000_000, (value ?? 0) * 10 + Int(digit - 0x30))
            position += 1
        }
        return value
    }
}

extension PatternParser {
    private mutating func group(from start: Int) throws(ModelFault) -> PatternNode? {
        var number: Int?
        let flags = (ignoresCase, dotTakesNewline)
        if takeNameStart() {
            try name(from: start)
            groups += 1
            number = groups
        } else if take("?" as Unicode.Scalar) {
            if try readFlags(from: start) { return nil }
        } else {
            groups += 1
            number = groups
        }
        depth += 1
        guard depth <= Self.mostNested else {
            throw fault("Groups stand more than \(Self.mostNested) deep in each other: write it flatter.", at: start)
        }
        let body = try choice()
        guard take(")" as Unicode.Scalar) else {
            throw fault("This `(` is never closed: add `)` or write `\\(`.", at: start)
        }
        depth -= 1
        (ignoresCase, dotTakesNewline) = flags
        return number.map { .group($0, body) } ?? .row([body])
    }

    private mutating func takeNameStart() -> Bool {
        let start = position
        if take("?P<") { return true }
        guard take("?<") else { return false }
        if next == "=" || next == "!" {  // looking behind, which is refused with the flags
            position = start
            return false
        }
        return true
    }

    private mutating func name(from start: Int) throws(ModelFault) {
        while let scalar = next, scalar != ">" {
            guard ScalarSet.word.contains(scalar.value) else { break }
            position += 1
        }
        guard take(">" as Unicode.Scalar) else {
            throw fault("The group's name has no end: letters, digits and `_`, then `>`.", at: start)
        }
    }

    /// Reads `i`, `s` and their opposites. Says whether they hold for the rest of this group, and not for a new one.
    private mutating func readFlags(from start: Int) throws(ModelFault) -> Bool {
        var value = true
        while let scalar = next {
            position += 1
            switch scalar {
            case "i": ignoresCase = value
            case "s": dotTakesNewline = value
            case "-" where value: value = false
            case ":": return false
            case ")": return true
            case "=", "!", "<", ">":
                throw fault("Looking ahead or behind is not supported: take it into a group instead.", at: start)
            default:
                throw fault(
                    "Of the flags only `i` and `s` are supported, not `\(scalar)`: leave it out.", at: position - 1)
            }
        }
        throw fault("This `(?` is never closed: write `(?:…)` for a group, `(?i)` to ignore case.", at: start)
    }
}
