/// A regular expression made ready, and the group in it whose text is wanted.
///
/// The table of the automaton says where the whole match stands, at a look-up for each byte. Only a group whose place
/// in it varies, or a pattern too large for a table, needs the simulation. Swift's own `Regex` took some twenty times
/// as long for a postcode's sector (825 to 1113 ns against 42), and backtracks: a hostile pattern could
/// hold it up for ever.
///
/// A class, so that to use one of several counts one reference and not those of all its arrays.
final class Pattern: Sendable {
    private let program: PatternProgram
    private let forward: PatternAutomaton?
    /// Finds the start for a known end; not needed when every match starts where the text does.
    private let backward: PatternAutomaton?
    private let group: Int
    private let isAnchored: Bool
    /// Where the group stands within the whole match, when that is the same in every match.
    private let surroundings: (before: Int?, length: Int?, after: Int?)?

    /// - Throws: the fault, with the pattern and the place in it.
    init(_ text: String, group: Int) throws(ModelFault) {
        let (tree, groups) = try PatternParser.parse(text)
        let parser = PatternParser(text)
        guard (0...groups).contains(group) else {
            throw parser.fault("It has \(groups) groups, so group \(group) cannot be asked for.", at: 0)
        }
        do {
            program = try PatternProgram(tree, group: group)
            self.group = group
            isAnchored = tree.isAnchored
            surroundings = group == 0 ? (0, nil, 0) : tree.surroundings(of: group)
            forward = PatternAutomaton(program, searches: !isAnchored, longest: false)
            let reversed = forward == nil || isAnchored ? nil : try PatternProgram(tree, group: 0, isReversed: true)
            backward = reversed.flatMap { PatternAutomaton($0, searches: false, longest: true) }
        } catch {
            throw parser.fault(error.reason, at: 0)
        }
    }

    /// Whether the table alone tells where the whole match is.
    var isTable: Bool { forward != nil && (isAnchored || backward != nil) }

    /// Where the wanted group of the leftmost match stands; nil when there is no match, the group took no part in it,
    /// or it is empty.
    ///
    /// An empty finding counts as none so that this is the peer's `NULLIF(regexp_extract(…), '')`.
    @inline(__always)
    func find(in text: UnsafeBufferPointer<UInt8>) -> (start: Int, end: Int)? {
        guard group == 0, isAnchored, let forward else { return findAnywhere(in: text) }
        guard let end = forward.end(in: text), end > 0 else { return nil }
        return (0, end)
    }

    private func findAnywhere(in text: UnsafeBufferPointer<UInt8>) -> (start: Int, end: Int)? {
        var steps = 0
        guard let forward else { return Self.nonEmpty(simulated(in: text, from: nil, steps: &steps)) }
        guard let end = forward.end(in: text) else { return nil }
        let start = isAnchored ? 0 : backward?.start(in: text, before: end)
        if let start, let found = groupWithin(start, end) { return Self.nonEmpty(found) }
        return Self.nonEmpty(simulated(in: text, from: start, steps: &steps))
    }

    /// Where the group stands in a match of the whole, when its distance from the ends tells.
    private func groupWithin(_ start: Int, _ end: Int) -> (start: Int, end: Int)? {
        guard let (before, length, after) = surroundings else { return nil }
        if let before, let after { return (start + before, end - after) }
        guard let length else { return nil }
        if let before { return (start + before, start + before + length) }
        return after.map { (end - $0 - length, end - $0) }
    }

    /// The same by simulation alone; from a known start, or from wherever it finds one. It may be empty.
    func simulated(
        in text: UnsafeBufferPointer<UInt8>, from start: Int?, steps: inout Int
    ) -> (start: Int, end: Int)? {
        PatternSimulation.find(
            program, in: text, from: start ?? 0, searches: start == nil && !isAnchored, steps: &steps)
    }

    private static func nonEmpty(_ found: (start: Int, end: Int)?) -> (start: Int, end: Int)? {
        guard let found, found.start >= 0, found.start < found.end else { return nil }
        return found
    }
}
