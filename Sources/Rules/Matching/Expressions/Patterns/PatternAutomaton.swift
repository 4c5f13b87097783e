/// A regular expression as a table: one look-up for each byte of a text, whatever the pattern.
///
/// A state is what a simulation would hold, in the order of preference; the table is built once, for all texts, by
/// following the program (the subset construction). Because `$` and `\b` depend on the byte that comes, whether a
/// match ends at a place is noted at the step away from it; the end of the text is a last, 257th "byte".
struct PatternAutomaton: Sendable {
    /// First the column of each byte; then, for each state and column, where the next state's row starts, with the top
    /// bit when a match ends before the byte. One array, because each costs the counting of a reference per call.
    private let cells: [UInt32]
    private let endColumn: Int
    /// The row to start in, by what stands before the first byte.
    private let startAtEdge, startAfterWord, startAfterOther: UInt32

    private static let matchBit: UInt32 = 1 << 31
    /// The row of the state without a way out, which is the first after the columns.
    private static let dead: UInt32 = 256

    /// - Parameters:
    ///   - columns: 256 of them.
    ///   - starts: the rows to start in at the edge, after a letter of a word, and after anything else.
    init(columns: [UInt32], table: [UInt32], width: Int, starts: (UInt32, UInt32, UInt32)) {
        cells = columns + table
        endColumn = width - 1
        (startAtEdge, startAfterWord, startAfterOther) = starts
    }

    /// Where the row of a state lies among the cells.
    static func row(_ state: Int, width: Int) -> UInt32 { dead + UInt32(state * width) }

    static func entry(row: UInt32, isMatch: Bool) -> UInt32 { row | (isMatch ? matchBit : 0) }

    /// Where the match ends that is preferred among those that start furthest left, or nil.
    func end(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        cells.withUnsafeBufferPointer { cells in
            var row = startAtEdge
            var found = -1
            for index in 0..<text.count {
                let entry = cells[Int(row) + Int(cells[Int(text[index])])]
                if entry >= Self.matchBit { found = index }
                row = entry & ~Self.matchBit
                if row == Self.dead { return found < 0 ? nil : found }
            }
            if cells[Int(row) + endColumn] >= Self.matchBit { found = text.count }
            return found < 0 ? nil : found
        }
    }

    /// For an automaton of the reversed pattern: where the longest match that ends at `end` starts.
    func start(in text: UnsafeBufferPointer<UInt8>, before end: Int) -> Int? {
        cells.withUnsafeBufferPointer { cells in
            var row = start(after: end < text.count ? PatternSurrounding(text[end]) : .edge)
            var found: Int?
            var index = end
            while index > 0 {
                let entry = cells[Int(row) + Int(cells[Int(text[index - 1])])]
                if entry >= Self.matchBit { found = index }
                row = entry & ~Self.matchBit
                if row == Self.dead { return found }
                index -= 1
            }
            return cells[Int(row) + endColumn] >= Self.matchBit ? 0 : found
        }
    }

    private func start(after surrounding: PatternSurrounding) -> UInt32 {
        switch surrounding {
        case .edge: startAtEdge
        case .word: startAfterWord
        case .other: startAfterOther
        }
    }
}
