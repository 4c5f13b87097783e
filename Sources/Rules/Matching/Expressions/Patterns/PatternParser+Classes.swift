extension PatternParser {
    /// A class in brackets, after its `[`.
    mutating func bracket(from start: Int) throws(ModelFault) -> ScalarSet {
        let isNegated = take("^" as Unicode.Scalar)
        var set = ScalarSet()
        var isFirst = true
        while true {
            guard let scalar = next else {
                throw fault("This `[` is never closed: add `]` or write `\\[`.", at: start)
            }
            if scalar == "]", !isFirst { break }
            isFirst = false
            if let named = try namedClass() {
                set.insert(named)
            } else {
                set.insert(try member())
            }
        }
        position += 1
        set = cased(set)
        return isNegated ? set.inverted : set
    }

    /// A character, a range of them, or a class like `\d`.
    private mutating func member() throws(ModelFault) -> ScalarSet {
        let start = position
        let first = try memberStart()
        guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else { return first }
        position += 1
        let last = try memberStart()
        guard let low = first.single, let high = last.single else {
            throw fault("A range needs a character on both sides of `-`: put `-` last to mean itself.", at: start)
        }
        guard low <= high else { throw fault("This range runs backwards: swap its ends.", at: start) }
        return ScalarSet([low...high])
    }

    private mutating func memberStart() throws(ModelFault) -> ScalarSet {
        let start = position
        let scalar = scalars[position]
        position += 1
        return scalar == "\\" ? try escapedSet(from: start) : ScalarSet(scalar.value)
    }

    private mutating func namedClass() throws(ModelFault) -> ScalarSet? {
        let start = position
        guard take("[:") else { return nil }
        let isNegated = take("^" as Unicode.Scalar)
        var name = ""
        while let scalar = next, ScalarSet.word.contains(scalar.value) {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard take(":]") else {  // then it is a bracket and a colon
            position = start
            return nil
        }
        guard let set = ScalarSet.named(name) else {
            throw fault("There is no class `[:\(name):]`: use one such as `[:alpha:]` or `[:digit:]`.", at: start)
        }
        return isNegated ? cased(set).inverted : set
    }

    /// What stands after a backslash, as characters.
    mutating func escapedSet(from start: Int) throws(ModelFault) -> ScalarSet {
        guard let scalar = next else {
            throw fault("Nothing follows the `\\`: write `\\\\` for the character itself.", at: start)
        }
        position += 1
        switch scalar {
        case "d": return .digit
        case "D": return ScalarSet.digit.inverted
        case "w": return .word
        case "W": return cased(.word).inverted  // as in RE2, not even the Kelvin sign
        case "s": return .space
        case "S": return .space.inverted
        case "a": return ScalarSet(0x07)
        case "f": return ScalarSet(0x0c)
        case "n": return ScalarSet(0x0a)
        case "r": return ScalarSet(0x0d)
        case "t": return ScalarSet(0x09)
        case "v": return ScalarSet(0x0b)
        case "x": return try hexadecimal(from: start)
        case "1"..."9":
            throw fault("References back to a group are not supported: name what should come again.", at: start)
        case "p", "P":
            throw fault("Unicode classes are not supported: list the ranges, such as `[A-Za-zÀ-ÿ]`.", at: start)
        default:
            guard scalar.value < 0x80, !ScalarSet.word.contains(scalar.value) || scalar == "_" else {
                throw fault("`\\\(scalar)` is not known: remove the `\\` if the character is meant.", at: start)
            }
            return ScalarSet(scalar.value)
        }
    }

    /// `\x41` or `\x{1f600}`.
    private mutating func hexadecimal(from start: Int) throws(ModelFault) -> ScalarSet {
        let isBraced = take("{" as Unicode.Scalar)
        var value: UInt32 = 0
        var digits = 0
        while digits < (isBraced ? 6 : 2), let scalar = next, scalar.isASCII,
            let digit = Character(scalar).hexDigitValue
        {
            value = value * 16 + UInt32(digit)
            digits += 1
            position += 1
        }
        guard isBraced ? digits > 0 && take("}" as Unicode.Scalar) : digits == 2, Unicode.Scalar(value) != nil else {
            throw fault("`\\x` needs two hexadecimal digits, or a character's number in braces.", at: start)
        }
        return ScalarSet(value)
    }
}

extension ScalarSet {
    /// The one character it holds, when it is one.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, let range = ranges.first, range.count == 1 else { return nil }
        return range.lowerBound
    }
}
