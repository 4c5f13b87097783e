/// A regular expression as a tree.
indirect enum PatternNode: Equatable {
    case empty
    /// One character out of these.
    case one(ScalarSet)
    case look(PatternLook)
    /// One after the other.
    case row([PatternNode])
    /// The first that leads to a match.
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?, isGreedy: Bool)
    /// A group that can be asked for, by its number from 1.
    case group(Int, PatternNode)
}

/// What must hold between two characters.
enum PatternLook: UInt8, Sendable {
    case start, end, boundary, noBoundary

    /// The same when the text is read from its end.
    var reversed: Self {
        switch self {
        case .start: .end
        case .end: .start
        case .boundary, .noBoundary: self
        }
    }

    @inline(__always)
    func holds(between previous: PatternSurrounding, and next: PatternSurrounding) -> Bool {
        switch self {
        case .start: previous == .edge
        case .end: next == .edge
        case .boundary: (previous == .word) != (next == .word)
        case .noBoundary: (previous == .word) == (next == .word)
        }
    }
}

/// What stands next to a place in the text, as far as anything asks: nothing, a letter, digit or underscore, or else.
enum PatternSurrounding: UInt8, Sendable, CaseIterable {
    case edge, word, other

    /// Letters and digits are those of ASCII, as in RE2.
    @inline(__always)
    init(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            self = .word
        default: self = .other
        }
    }
}

extension PatternNode {
    /// Whether it can match without taking a character.
    var mayBeEmpty: Bool {
        switch self {
        case .empty, .look: true
        case .one: false
        case .row(let parts): parts.allSatisfy(\.mayBeEmpty)
        case .choice(let ways): ways.contains(where: \.mayBeEmpty)
        case .repeated(let body, let least, _, _): least == 0 || body.mayBeEmpty
        case .group(_, let body): body.mayBeEmpty
        }
    }

    /// Whether it can only match where the text starts, so that no other place need be tried.
    var isAnchored: Bool {
        switch self {
        case .look(let look): look == .start
        case .row(let parts): parts.first?.isAnchored ?? false
        case .choice(let ways): ways.allSatisfy(\.isAnchored)
        case .repeated(let body, let least, _, _): least > 0 && body.isAnchored
        case .group(_, let body): body.isAnchored
        case .empty, .one: false
        }
    }
}
