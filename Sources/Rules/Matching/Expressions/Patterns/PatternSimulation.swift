/// Follows all ways through a program at once, byte by byte: never more steps than instructions times bytes.
///
/// After K. Thompson, "Regular expression search algorithm" (1968), with preferences and places of groups as R. Pike
/// added them; R. Cox, "Regular Expression Matching: the Virtual Machine Approach" (2009), tells of both.
struct PatternSimulation {
    /// One way that is being followed, and where it saw the wanted group.
    private struct Way {
        var place: Int32
        var start, end: Int
    }

    private let instructions: UnsafeBufferPointer<PatternProgram.Instruction>
    private let moves: UnsafeBufferPointer<PatternProgram.Move>
    private let text: UnsafeBufferPointer<UInt8>
    /// The round in which each instruction was last visited.
    private let visited: UnsafeMutableBufferPointer<Int>
    /// Ways still to follow, the next one last.
    private let stack: UnsafeMutableBufferPointer<Way>
    private(set) var steps = 0

    /// Where the wanted group of the leftmost, most preferred match stands; -1 where it took no part.
    ///
    /// - Parameters:
    ///   - start: the byte at which the match starts, or from which one is searched for.
    ///   - steps: grows by the instructions that were visited.
    static func find(
        _ program: PatternProgram, in text: UnsafeBufferPointer<UInt8>, from start: Int, searches: Bool,
        steps: inout Int
    ) -> (start: Int, end: Int)? {
        let size = program.instructions.count
        return withUnsafeTemporaryAllocation(of: Way.self, capacity: 3 * size + 1) { ways in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: size) { visited in
                program.instructions.withUnsafeBufferPointer { instructions in
                    program.moves.withUnsafeBufferPointer { moves in
                        visited.initialize(repeating: -1)
                        var simulation = Self(
                            instructions: instructions, moves: moves, text: text, visited: visited,
                            stack: .init(rebasing: ways[(2 * size)...]))
                        defer { steps += simulation.steps }
                        return simulation.run(
                            from: start, searches: searches, first: program.start, now: .init(rebasing: ways[..<size]),
                            later: .init(rebasing: ways[size..<(2 * size)]))
                    }
                }
            }
        }
    }

    private mutating func run(
        from start: Int, searches: Bool, first: Int32, now: UnsafeMutableBufferPointer<Way>,
        later: UnsafeMutableBufferPointer<Way>
    ) -> (start: Int, end: Int)? {
        var (now, later) = (now, later)
        var (count, laterCount) = (0, 0)
        var found: (start: Int, end: Int)?
        for index in start...text.count {
            if found == nil, searches || index == start {
                follow(Way(place: first, start: -1, end: -1), at: index, into: now, &count)
            }
            if count == 0, found != nil || !searches { break }
            laterCount = 0
            for way in now[..<count] {
                switch instructions[Int(way.place)] {
                case .match: found = (way.start, way.end)
                case .step(let first, let moveCount):
                    guard index < text.count else { continue }
                    let byte = text[index]
                    for move in Int(first)..<Int(first + moveCount) where moves[move].low <= byte {
                        guard byte <= moves[move].high else { continue }
                        let next = Way(place: moves[move].target, start: way.start, end: way.end)
                        follow(next, at: index + 1, into: later, &laterCount)
                        break
                    }
                    continue
                case .split, .look, .mark: continue
                }
                break  // what comes after a match is less preferred
            }
            (now, later) = (later, now)
            count = laterCount
        }
        return found
    }

    /// Adds every place that takes a byte and can be reached from here without one, most preferred first.
    @inline(__always)
    private mutating func follow(
        _ way: Way, at index: Int, into ways: UnsafeMutableBufferPointer<Way>, _ count: inout Int
    ) {
        stack[0] = way
        var open = 1
        while open > 0 {
            open -= 1
            var way = stack[open]
            while visited[Int(way.place)] != index {
                visited[Int(way.place)] = index
                steps += 1
                switch instructions[Int(way.place)] {
                case .step, .match:
                    ways[count] = way
                    count += 1
                    continue  // its place is visited now, so the loop ends
                case .split(let first, let second):
                    stack[open] = Way(place: second, start: way.start, end: way.end)
                    open += 1
                    way.place = first
                case .look(let look, let target):
                    guard look.holds(between: surrounding(before: index), and: surrounding(at: index)) else { continue }
                    way.place = target
                case .mark(let isEnd, let target):
                    if isEnd { way.end = index } else { way.start = index }
                    way.place = target
                }
            }
        }
    }

    private func surrounding(before index: Int) -> PatternSurrounding {
        index == 0 ? .edge : PatternSurrounding(text[index - 1])
    }

    private func surrounding(at index: Int) -> PatternSurrounding {
        index == text.count ? .edge : PatternSurrounding(text[index])
    }
}
