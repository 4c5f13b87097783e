extension PatternAutomaton {
    /// The table of a program; nil when it would be too large, and the simulation must do.
    ///
    /// - Parameters:
    ///   - searches: whether a match may start anywhere, and not only where reading starts.
    ///   - longest: whether every match counts and the last one seen is wanted, and not only the preferred one.
    init?(_ program: PatternProgram, searches: Bool, longest: Bool) {
        var builder = PatternTableBuilder(program, searches: searches, longest: longest)
        guard builder.build() else { return nil }
        self.init(
            columns: builder.columns, table: builder.table, width: builder.width,
            starts: (builder.starts[0], builder.starts[1], builder.starts[2]))
    }
}

/// Follows a program through every state that any text can bring about.
private struct PatternTableBuilder {
    /// Where the program may be, most preferred first, and what stood before. Looks are not yet decided.
    struct State: Hashable {
        var places: [Int32]
        var previous: PatternSurrounding
        /// Whether a match may still start later, because none was found yet.
        var searches: Bool
    }

    let program: PatternProgram
    let searches, longest: Bool
    var columns: [UInt32] = []
    var width = 0
    var table: [UInt32] = []
    var starts: [UInt32] = []

    private var samples: [UInt8] = []
    private var states: [State] = []
    private var rows: [State: UInt32] = [:]
    private var visited: [UInt32]
    private var round: UInt32 = 0
    private var work = 0

    /// Limits that keep a table within 256 KiB and its building within some milliseconds.
    private static let mostEntries = 1 << 16
    private static let mostWork = 500_000

    init(_ program: PatternProgram, searches: Bool, longest: Bool) {
        self.program = program
        self.searches = searches
        self.longest = longest
        visited = Array(repeating: 0, count: program.instructions.count)
    }

    mutating func build() -> Bool {
        findColumns()
        _ = row(of: State(places: [], previous: .other, searches: false))  // the dead one
        for surrounding in PatternSurrounding.allCases {
            let places = flattened(searches ? [] : [program.start], from: searches)
            let state = State(places: places, previous: surrounding, searches: searches)
            starts.append(row(of: state))
        }
        var index = 0
        while index < states.count {
            table += Array(repeating: dead, count: width)
            guard table.count <= Self.mostEntries, work <= Self.mostWork else { return false }
            if index > 0 {
                for column in 0..<width { table[index * width + column] = entry(from: states[index], by: column) }
            }
            index += 1
        }
        return true
    }

    /// Bytes that the program never tells apart share a column.
    private mutating func findColumns() {
        var isFirst = Array(repeating: false, count: 257)
        isFirst[0] = true
        for move in program.moves {
            isFirst[Int(move.low)] = true
            isFirst[Int(move.high) + 1] = true
        }
        if program.asksForWords {
            for byte in 1..<256 where PatternSurrounding(UInt8(byte)) != PatternSurrounding(UInt8(byte - 1)) {
                isFirst[byte] = true
            }
        }
        for byte in 0..<256 {
            if isFirst[byte] { samples.append(UInt8(byte)) }
            columns.append(UInt32(samples.count - 1))
        }
        width = samples.count + 1
    }

    private mutating func row(of state: State) -> UInt32 {
        if let known = rows[state] { return known }
        let row = PatternAutomaton.row(states.count, width: width)
        states.append(state)
        rows[state] = row
        return row
    }

    private var dead: UInt32 { PatternAutomaton.row(0, width: width) }
}

extension PatternTableBuilder {
    private mutating func entry(from state: State, by column: Int) -> UInt32 {
        let byte = column < samples.count ? samples[column] : nil
        let next = byte.map(PatternSurrounding.init) ?? .edge
        let (open, isMatch) = decided(state, next: next)
        guard let byte else { return PatternAutomaton.entry(row: dead, isMatch: isMatch) }
        var targets: [Int32] = []
        for place in open {
            guard case .step(let first, let count) = program.instructions[Int(place)] else { continue }
            for move in program.moves[Int(first)..<Int(first + count)] where move.low <= byte && byte <= move.high {
                targets.append(move.target)
            }
        }
        // A search tries a new start at each byte, after all that started before, until something matched.
        let goesOn = state.searches && !isMatch
        let places = flattened(targets, from: goesOn)
        guard !places.isEmpty else { return PatternAutomaton.entry(row: dead, isMatch: isMatch) }
        let previous = program.asksForWords ? next : .other
        let reached = State(places: places, previous: previous, searches: goesOn)
        return PatternAutomaton.entry(row: row(of: reached), isMatch: isMatch)
    }

    /// Follows all that takes no byte; leaves looks as they are, since they depend on the byte to come.
    private mutating func flattened(_ from: [Int32], from startsAnew: Bool) -> [Int32] {
        var found: [Int32] = []
        round += 1
        for place in startsAnew ? from + [program.start] : from {
            follow(place) { place, instruction in
                switch instruction {
                case .step, .look, .match: found.append(place)
                case .split, .mark: break
                }
                return nil
            }
        }
        return found
    }

    /// Decides the looks; gives the places that take a byte, down to the first match unless all matches count.
    private mutating func decided(_ state: State, next: PatternSurrounding) -> (open: [Int32], isMatch: Bool) {
        var open: [Int32] = []
        var isMatch = false
        round += 1
        for place in state.places {
            follow(place) { [longest] place, instruction in
                guard longest || !isMatch else { return nil }
                switch instruction {
                case .step: open.append(place)
                case .match: isMatch = true
                case .look(let look, let target): return look.holds(between: state.previous, and: next) ? target : nil
                case .split, .mark: break
                }
                return nil
            }
        }
        return (open, isMatch)
    }

    /// Visits what can be reached without a byte, most preferred first, each place once a round. `visit` says where a
    /// look leads.
    private mutating func follow(_ place: Int32, visit: (Int32, PatternProgram.Instruction) -> Int32?) {
        var stack = [place]
        while let place = stack.popLast() {
            guard visited[Int(place)] != round else { continue }
            visited[Int(place)] = round
            work += 1
            let instruction = program.instructions[Int(place)]
            if let target = visit(place, instruction) { stack.append(target) }
            switch instruction {
            case .split(let first, let second): stack += [second, first]
            case .mark(_, let target): stack.append(target)
            case .step, .look, .match: break
            }
        }
    }
}
