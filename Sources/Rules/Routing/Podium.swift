import Values

/// The first of many desks by rank, kept as a tournament: blocks of 16 desks have a winner, pairs of winners too.
///
/// A change costs one block and at most log2(desks / 16) matches; most changes lose their first match and cost nothing more.
/// An adviser meets a hundred demands, so what one change reads in each of their podiums lies close together: the members
/// and the winner of a block side by side, all later rounds in one row.
struct Podium: Sendable {
    /// Sixteen desks: who of them takes part, a bit each, and who is first; -1 is nobody.
    private struct Block {
        var members: UInt16 = 0
        var winner: Int32 = -1
    }

    private var blocks: [Block] = []
    /// The winners of the later rounds: `rounds[1]` of all, `rounds[2 * n]` and `rounds[2 * n + 1]` of those who meet in
    /// `rounds[n]`; past its end come the blocks. As long as the number of blocks, rounded up to a power of two.
    private var rounds: [Int32] = [-1]

    init() {}

    /// All of them at once, in time in proportion to `desks`, the number of all desks.
    init(_ members: [Int], of desks: Int, by ranks: Ranks) {
        blocks = [Block](repeating: Block(), count: (desks + 15) / 16)
        for desk in members { blocks[desk >> 4].members |= 1 << UInt16(desk & 15) }
        for block in blocks.indices { blocks[block].winner = blockWinner(block, by: ranks) }
        build(by: ranks)
    }

    func has(_ desk: Int) -> Bool {
        desk >> 4 < blocks.count && blocks[desk >> 4].members & (1 << UInt16(desk & 15)) != 0
    }

    /// Who of 64 desks takes part, a bit each.
    func members(ofWord word: Int) -> UInt64 {
        var bits: UInt64 = 0
        for block in word * 4..<min(word * 4 + 4, max(word * 4, blocks.count)) {
            bits |= UInt64(blocks[block].members) << UInt64((block & 3) * 16)
        }
        return bits
    }

    mutating func admit(_ desk: Int, by ranks: Ranks) {
        while blocks.count <= desk >> 4 { blocks.append(Block()) }
        if blocks.count > rounds.count { build(by: ranks) }
        blocks[desk >> 4].members |= 1 << UInt16(desk & 15)
        refresh(desk, by: ranks)
    }

    mutating func dismiss(_ desk: Int, by ranks: Ranks) {
        guard has(desk) else { return }
        blocks[desk >> 4].members &= ~(1 << UInt16(desk & 15))
        refresh(desk, by: ranks)
    }

    /// To be called whenever the rank of a member has changed.
    mutating func refresh(_ desk: Int, by ranks: Ranks) {
        let index = desk >> 4
        let block = blocks[index]
        let now: Int32
        if block.winner == Int32(desk) || block.winner < 0 || block.members & (1 << UInt16(desk & 15)) == 0 {
            now = blockWinner(index, by: ranks)
        } else {
            now = ranks.better(block.winner, Int32(desk))
        }
        guard now != block.winner || now == Int32(desk) else { return }
        blocks[index].winner = now
        var place = (rounds.count + index) >> 1
        while place > 0 {
            let winner = ranks.better(winner(at: place * 2), self.winner(at: place * 2 + 1))
            guard winner != rounds[place] || winner == Int32(desk) else { return }
            rounds[place] = winner
            place >>= 1
        }
    }

    /// The first desk that is none of those.
    func first(without excluded: [Int], by ranks: Ranks) -> Int? {
        let winner = winner(at: 1)
        guard winner >= 0 else { return nil }
        if excluded.isEmpty || !excluded.contains(Int(winner)) { return Int(winner) }
        let found = search(at: 1, without: excluded, by: ranks)
        return found < 0 ? nil : Int(found)
    }

    private func search(at place: Int, without excluded: [Int], by ranks: Ranks) -> Int32 {
        let winner = winner(at: place)
        guard winner >= 0, excluded.contains(Int(winner)) else { return winner }
        if place >= rounds.count { return blockWinner(place - rounds.count, by: ranks, without: excluded) }
        return ranks.better(
            search(at: place * 2, without: excluded, by: ranks),
            search(at: place * 2 + 1, without: excluded, by: ranks))
    }

    private func winner(at place: Int) -> Int32 {
        if place < rounds.count { return rounds[place] }
        return place - rounds.count < blocks.count ? blocks[place - rounds.count].winner : -1
    }

    private func blockWinner(_ block: Int, by ranks: Ranks, without excluded: [Int] = []) -> Int32 {
        var bits = blocks[block].members
        var winner: Int32 = -1
        while bits != 0 {
            let desk = Int32(block * 16 + bits.trailingZeroBitCount)
            bits &= bits - 1
            if !excluded.isEmpty, excluded.contains(Int(desk)) { continue }
            winner = ranks.better(winner, desk)
        }
        return winner
    }

    /// Makes all rounds after the first.
    private mutating func build(by ranks: Ranks) {
        var size = 1
        while size < blocks.count { size *= 2 }
        rounds = [Int32](repeating: -1, count: size)
        for place in stride(from: size - 1, to: 0, by: -1) {
            rounds[place] = ranks.better(winner(at: place * 2), winner(at: place * 2 + 1))
        }
    }
}

/// In which order desks are offered work of one channel: least loaded, then longest idle, then by number.
struct Ranks: Sendable {
    private struct Rank: Sendable {
        /// Work in hand and idle since, packed; `none` for a desk that can take nothing now.
        var key = Ranks.none
        var number: Int64 = 0
    }

    /// By desk.
    private var ranks: [Rank] = []

    static let none = UInt64.max

    /// The smaller, the sooner. Loads beyond 4,094 count as that.
    static func key(load: Int, idleSince: Moment) -> UInt64 {
        let idle = UInt64(max(0, min(idleSince.milliseconds, 1 << 52 - 1)))
        return UInt64(min(load, 4_094)) << 52 | idle
    }

    subscript(_ desk: Int) -> UInt64 { ranks[desk].key }

    mutating func set(_ desk: Int, to key: UInt64, number: Adviser.ID) {
        while ranks.count <= desk { ranks.append(Rank()) }
        ranks[desk] = Rank(key: key, number: number.number)
    }

    /// The better of two desks that can take something; -1 is nobody.
    func better(_ left: Int32, _ right: Int32) -> Int32 {
        let one = left < 0 ? Rank() : ranks[Int(left)]
        let other = right < 0 ? Rank() : ranks[Int(right)]
        if one.key != other.key { return one.key < other.key ? left : right }
        guard one.key != Self.none else { return -1 }
        return one.number <= other.number ? left : right
    }
}
