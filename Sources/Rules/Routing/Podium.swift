import Values

/// The first of many desks by rank, kept as a tournament: blocks of 16 desks have a winner, pairs of winners too.
///
/// A change costs one block and at most log2(desks / 16) matches; most changes lose their first match and cost nothing more.
struct Podium: Sendable {
    /// One bit a desk: who takes part.
    private(set) var members: [UInt64] = []
    /// `rounds[0]` the winners of the blocks, each next round half as many; -1 is nobody.
    private var rounds: [[Int32]] = [[]]

    init() {}

    /// All of them at once, in time in proportion to `desks`, the number of all desks.
    init(_ members: [Int], of desks: Int, by ranks: Ranks) {
        self.members = [UInt64](repeating: 0, count: (desks + 63) / 64)
        for desk in members { self.members[desk >> 6] |= 1 << UInt64(desk & 63) }
        rounds = [[]]
        for block in 0..<(desks + 15) / 16 { rounds[0].append(blockWinner(block, by: ranks)) }
        while let top = rounds.last, top.count > 1 {
            rounds.append(
                stride(from: 0, to: top.count, by: 2).map {
                    ranks.better(top[$0], $0 + 1 < top.count ? top[$0 + 1] : -1)
                })
        }
    }

    func has(_ desk: Int) -> Bool {
        desk >> 6 < members.count && members[desk >> 6] & (1 << UInt64(desk & 63)) != 0
    }

    mutating func admit(_ desk: Int, by ranks: Ranks) {
        while members.count <= desk >> 6 { members.append(0) }
        members[desk >> 6] |= 1 << UInt64(desk & 63)
        makeRoom(for: desk)
        refresh(desk, by: ranks)
    }

    mutating func dismiss(_ desk: Int, by ranks: Ranks) {
        guard has(desk) else { return }
        members[desk >> 6] &= ~(1 << UInt64(desk & 63))
        refresh(desk, by: ranks)
    }

    /// To be called whenever the rank of a member has changed.
    mutating func refresh(_ desk: Int, by ranks: Ranks) {
        var index = desk >> 4
        let before = rounds[0][index]
        let now: Int32
        if before == Int32(desk) || before < 0 || !has(desk) {
            now = blockWinner(index, by: ranks)
        } else {
            now = ranks.better(before, Int32(desk))
        }
        guard now != before || now == Int32(desk) else { return }
        rounds[0][index] = now
        for round in 1..<max(1, rounds.count) {
            index >>= 1
            let left = rounds[round - 1][index * 2]
            let right = index * 2 + 1 < rounds[round - 1].count ? rounds[round - 1][index * 2 + 1] : -1
            let winner = ranks.better(left, right)
            guard winner != rounds[round][index] || winner == Int32(desk) else { return }
            rounds[round][index] = winner
        }
    }

    /// The first desk that is none of those.
    func first(without excluded: [Int], by ranks: Ranks) -> Int? {
        let top = rounds.count - 1
        guard let winner = rounds[top].first, winner >= 0 else { return nil }
        if excluded.isEmpty || !excluded.contains(Int(winner)) { return Int(winner) }
        let found = search(round: top, index: 0, without: excluded, by: ranks)
        return found < 0 ? nil : Int(found)
    }

    private func search(round: Int, index: Int, without excluded: [Int], by ranks: Ranks) -> Int32 {
        guard index < rounds[round].count else { return -1 }
        let winner = rounds[round][index]
        guard winner >= 0, excluded.contains(Int(winner)) else { return winner }
        if round == 0 { return blockWinner(index, by: ranks, without: excluded) }
        return ranks.better(
            search(round: round - 1, index: index * 2, without: excluded, by: ranks),
            search(round: round - 1, index: index * 2 + 1, without: excluded, by: ranks))
    }

    private func blockWinner(_ block: Int, by ranks: Ranks, without excluded: [Int] = []) -> Int32 {
        var bits = members[block >> 2] >> UInt64((block & 3) * 16) & 0xFFFF
        var winner: Int32 = -1
        while bits != 0 {
            let desk = Int32(block * 16 + bits.trailingZeroBitCount)
            bits &= bits - 1
            if !excluded.isEmpty, excluded.contains(Int(desk)) { continue }
            winner = ranks.better(winner, desk)
        }
        return winner
    }

    private mutating func makeRoom(for desk: Int) {
        while rounds[0].count <= desk >> 4 {
            rounds[0].append(-1)
            for round in 1..<max(1, rounds.count) where rounds[round].count * 2 < rounds[round - 1].count {
                rounds[round].append(-1)
            }
            if let top = rounds.last, top.count == 2 { rounds.append([top[0]]) }
        }
    }
}

/// In which order desks are offered work of one channel: least loaded, then longest idle, then by number.
struct Ranks: Sendable {
    /// Work in hand and idle since, packed; `none` for a desk that can take nothing now. By desk.
    private(set) var keys: [UInt64] = []
    private var numbers: [Int64] = []

    static let none = UInt64.max

    /// The smaller, the sooner. Loads beyond 4,094 count as that.
    static func key(load: Int, idleSince: Moment) -> UInt64 {
        let idle = UInt64(max(0, min(idleSince.milliseconds, 1 << 52 - 1)))
        return UInt64(min(load, 4_094)) << 52 | idle
    }

    mutating func set(_ desk: Int, to key: UInt64, number: Adviser.ID) {
        while keys.count <= desk {
            keys.append(Self.none)
            numbers.append(0)
        }
        keys[desk] = key
        numbers[desk] = number.number
    }

    /// The better of two desks that can take something; -1 is nobody.
    func better(_ left: Int32, _ right: Int32) -> Int32 {
        let leftKey = left < 0 ? Self.none : keys[Int(left)]
        let rightKey = right < 0 ? Self.none : keys[Int(right)]
        if leftKey != rightKey { return leftKey < rightKey ? left : right }
        guard leftKey != Self.none else { return -1 }
        return numbers[Int(left)] <= numbers[Int(right)] ? left : right
    }
}
