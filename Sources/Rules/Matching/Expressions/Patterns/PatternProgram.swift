/// A regular expression as instructions on bytes, for the automaton to be built from and the simulation to follow.
struct PatternProgram: Sendable {
    /// What to do at one place. Trivial, so that the simulation's loop counts no references.
    enum Instruction: Sendable {
        /// Go where the byte leads: `count` of the moves from `first`, in the order of their bytes.
        case step(first: Int32, count: Int32)
        /// Try the first way; only if it leads to no match, the second.
        case split(Int32, Int32)
        case look(PatternLook, Int32)
        /// Note that the wanted group starts or ends here.
        case mark(isEnd: Bool, Int32)
        case match
    }

    /// From one instruction to another by a byte out of a range.
    struct Move: Sendable {
        var low, high: UInt8
        var target: Int32
    }

    private(set) var instructions: [Instruction] = []
    private(set) var moves: [Move] = []
    /// Where a match begins.
    private(set) var start: Int32 = 0
    /// Whether it asks what stands next to a place.
    private(set) var asksForWords = false

    private let wantedGroup: Int
    private let isReversed: Bool
    private var visits = 0

    /// What one pattern may cost: its time is this many steps for each byte at the worst.
    static let mostInstructions = 8_000
    private static let mostVisits = 100_000

    /// - Parameters:
    ///   - group: the group whose place is wanted, 0 for the whole.
    ///   - isReversed: for reading the text from its end.
    init(_ tree: PatternNode, group: Int, isReversed: Bool = false) throws(ModelFault) {
        wantedGroup = group
        self.isReversed = isReversed
        let end = try emit(.match)
        start = try compile(group == 0 ? .group(0, tree) : tree, then: end)
    }

    private mutating func emit(_ instruction: Instruction) throws(ModelFault) -> Int32 {
        guard instructions.count < Self.mostInstructions else { throw Self.tooLarge }
        instructions.append(instruction)
        return Int32(instructions.count - 1)
    }

    private static let tooLarge = ModelFault(
        at: "regular expression",
        "Its counted repetitions make it too large: count less, or use `*` or `+`.")
}

extension PatternProgram {
    /// Writes instructions for the tree that go on at `next`; gives the first.
    private mutating func compile(_ node: PatternNode, then next: Int32) throws(ModelFault) -> Int32 {
        visits += 1
        guard visits <= Self.mostVisits else { throw Self.tooLarge }
        switch node {
        case .empty: return next
        case .one(let set): return try compile(set, then: next)
        case .look(let look):
            if look == .boundary || look == .noBoundary { asksForWords = true }
            return try emit(.look(isReversed ? look.reversed : look, next))
        case .row(let parts):
            var next = next
            for part in isReversed ? parts : parts.reversed() { next = try compile(part, then: next) }
            return next
        case .choice(let ways):
            var starts: [Int32] = []
            for way in ways { starts.append(try compile(way, then: next)) }
            return try choose(starts, else: next)
        case .repeated(let body, let least, let most, let isGreedy):
            return try compile(body, least: least, most: most, isGreedy: isGreedy, then: next)
        case .group(let number, let body):
            guard number == wantedGroup, !isReversed else { return try compile(body, then: next) }
            let end = try emit(.mark(isEnd: true, next))
            return try emit(.mark(isEnd: false, try compile(body, then: end)))
        }
    }

    private mutating func choose(_ starts: [Int32], else next: Int32) throws(ModelFault) -> Int32 {
        guard var chosen = starts.last else { return next }
        for start in starts.dropLast().reversed() { chosen = try emit(.split(start, chosen)) }
        return chosen
    }

    private mutating func compile(
        _ body: PatternNode, least: Int, most: Int?, isGreedy: Bool, then next: Int32
    ) throws(ModelFault) -> Int32 {
        var entry = next
        if let most {
            for _ in least..<max(least, most) {
                let once = try compile(body, then: entry)
                entry = try emit(isGreedy ? .split(once, next) : .split(next, once))
            }
        } else {
            entry = try compileLoop(body, isGreedy: isGreedy, then: next, mayBeSkipped: least == 0)
        }
        let before = most == nil ? max(0, least - 1) : least
        for _ in 0..<before { entry = try compile(body, then: entry) }
        return entry
    }

    /// `body+`, or `body*`. What may be empty is looped as `(body+)?`, else its first empty round would end the loop
    /// before its other ways were tried.
    private mutating func compileLoop(
        _ body: PatternNode, isGreedy: Bool, then next: Int32, mayBeSkipped: Bool
    ) throws(ModelFault) -> Int32 {
        let loop = try emit(.match)  // replaced below, when it is known where the body starts
        let start = try compile(body, then: loop)
        let split: Instruction = isGreedy ? .split(start, next) : .split(next, start)
        instructions[Int(loop)] = split
        guard mayBeSkipped else { return start }
        return body.mayBeEmpty ? try emit(split) : loop
    }
}

extension PatternProgram {
    private mutating func compile(_ set: ScalarSet, then next: Int32) throws(ModelFault) -> Int32 {
        let rows = UTF8Sequences(set).rows
        guard isReversed else { return try step(rows[...], depth: 0, then: next) }
        // Read backwards the rows overlap, so each is a way of its own; only the automaton reads backwards.
        let single = rows.filter { $0.count == 1 }
        var starts: [Int32] = []
        if !single.isEmpty || rows.isEmpty { starts.append(try step(single[...], depth: 0, then: next)) }
        for row in rows where row.count > 1 {
            var target = next
            for range in row { target = try step([[range]], depth: 0, then: target) }
            starts.append(target)
        }
        return try choose(starts, else: next)
    }

    /// One instruction for rows that are alike up to `depth`: rows of one set never overlap but in equal beginnings.
    private mutating func step(
        _ rows: ArraySlice<[ClosedRange<UInt8>]>, depth: Int, then next: Int32
    ) throws(ModelFault) -> Int32 {
        var found: [Move] = []
        var from = rows.startIndex
        while from < rows.endIndex {
            let range = rows[from][depth]
            let end = rows[from...].firstIndex { $0[depth] != range } ?? rows.endIndex
            let isLast = rows[from].count == depth + 1
            let target = isLast ? next : try step(rows[from..<end], depth: depth + 1, then: next)
            found.append(Move(low: range.lowerBound, high: range.upperBound, target: target))
            from = end
        }
        let first = Int32(moves.count)
        moves += found
        return try emit(.step(first: first, count: Int32(found.count)))
    }
}
