import Values

/// The desks that can take something of one channel now, best first, and which demands they meet.
///
/// A tree of small nodes in the order of ranks. Beside each entry stand the demands that are met by its desk, or by anybody
/// below it, a bit each. So a change costs one path however many demands the desk meets, and the first for a demand is found
/// by going down where its bit is set. A tournament for each demand was rejected: an adviser meets a hundred, all of
/// them far apart in memory.
struct Ranking: Sendable {
    private struct Entry: Sendable {
        /// Of a desk its rank; of a node one that none below it comes before, but for the first of its row.
        var rank = Rank.none
        /// A desk, or the node below.
        var below: Int32 = -1
    }

    /// Nobody is in it while nobody ever asked for anything on the channel.
    var isOpen = false

    /// How many entries a node has room for.
    private static var size: Int { 32 }

    /// The entries of node `n` begin at `n * size`.
    private var entries: [Entry] = []
    /// The words of entry `e` begin at `e * width`.
    private var words: [UInt64] = []
    private var width = 1
    /// By node.
    private var counts: [Int32] = []
    private var unusedNodes: [Int32] = []
    private var root = 0
    /// How many rows of nodes are above the last, whose entries are desks.
    private var height = 0
    /// The entries gone through from the root: kept for its memory.
    private var path: [Int] = []

    init() {
        root = openNode()
    }

    /// The first who meets the demand and is none of those.
    ///
    /// It changes nothing, but to look into a ranking in its row without being `mutating` copies it, and counts up the
    /// references of all its arrays.
    mutating func first(for demand: Int, without excluded: [Int]) -> (desk: Int, rank: Rank)? {
        guard let entry = search(root, height, demand >> 6, 1 << UInt64(demand & 63), excluded) else { return nil }
        return (Int(entries[entry].below), entries[entry].rank)
    }

    private func search(_ node: Int, _ height: Int, _ word: Int, _ bit: UInt64, _ excluded: [Int]) -> Int? {
        for entry in entries(of: node) where words[entry * width + word] & bit != 0 {
            let below = Int(entries[entry].below)
            if height > 0 {
                if let found = search(below, height - 1, word, bit, excluded) { return found }
            } else if excluded.isEmpty || !excluded.contains(below) {
                return entry
            }
        }
        return nil
    }

    /// Puts in a desk that is not in it.
    mutating func insert(_ desk: Int, _ rank: Rank, by abilities: Abilities) {
        if counts[root] == Self.size { raise() }
        var node = root
        for _ in 0..<height {
            var entry = entry(for: rank, in: node)
            if counts[Int(entries[entry].below)] == Self.size {
                split(entry, before: rank)
                if !(rank < entries[entry + 1].rank) { entry += 1 }
            }
            for word in 0..<width { words[entry * width + word] |= abilities[desk, word] }
            node = Int(entries[entry].below)
        }
        var entry = entry(for: rank, in: node)
        if counts[node] > 0, entries[entry].rank < rank { entry += 1 }
        makeRoom(at: entry)
        entries[entry] = Entry(rank: rank, below: Int32(desk))
        for word in 0..<width { words[entry * width + word] = abilities[desk, word] }
    }

    /// Takes out a desk that is in it with this rank and these abilities.
    mutating func remove(_ desk: Int, _ rank: Rank, by abilities: Abilities) {
        guard height > 0 else { return takeOut(entry(for: rank, in: root)) }
        path.removeAll(keepingCapacity: true)
        var node = root
        for _ in 0..<height {
            let entry = entry(for: rank, in: node)
            path.append(entry)
            node = Int(entries[entry].below)
        }
        takeOut(entry(for: rank, in: node))
        // A node goes when it is empty and not before: J. Johnson and D. Shasha, "B-trees with inserts and deletes: why
        // free-at-empty is better than merge-at-half" (1993).
        while counts[node] == 0, let entry = path.popLast() {
            unusedNodes.append(Int32(node))
            node = entry / Self.size
            takeOut(entry)
        }
        for word in 0..<width { forget(abilities[desk, word], inWord: word, from: node) }
        while height > 0, counts[root] == 1 {
            unusedNodes.append(Int32(root))
            root = Int(entries[root * Self.size].below)
            height -= 1
        }
    }

    /// Takes demands that nobody in the node meets any more out of the entries above.
    private mutating func forget(_ demands: UInt64, inWord word: Int, from node: Int) {
        var lost = demands
        var node = node
        for above in path.reversed() {
            for entry in entries(of: node) {
                if lost == 0 { return }
                lost &= ~words[entry * width + word]
            }
            words[above * width + word] &= ~lost
            node = above / Self.size
        }
    }

    /// Reads anew what everybody is able to, in time in proportion to them.
    mutating func read(_ abilities: Abilities) {
        if width != abilities.width {
            width = abilities.width
            words = [UInt64](repeating: 0, count: entries.count * width)
        }
        read(abilities, node: root, height: height)
    }

    private mutating func read(_ abilities: Abilities, node: Int, height: Int) {
        for entry in entries(of: node) {
            let below = Int(entries[entry].below)
            if height > 0 {
                read(abilities, node: below, height: height - 1)
                gather(into: entry)
            } else {
                for word in 0..<width { words[entry * width + word] = abilities[below, word] }
            }
        }
    }

    // MARK: - Nodes

    private func entries(of node: Int) -> Range<Int> {
        node * Self.size..<node * Self.size + Int(counts[node])
    }

    /// The last entry that does not come after this rank; the first if all do.
    private func entry(for rank: Rank, in node: Int) -> Int {
        var low = node * Self.size
        var high = low + max(0, Int(counts[node]) - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if rank < entries[middle].rank { high = middle - 1 } else { low = middle }
        }
        return low
    }

    private mutating func openNode() -> Int {
        if let node = unusedNodes.popLast() {
            counts[Int(node)] = 0
            return Int(node)
        }
        entries.append(contentsOf: repeatElement(Entry(), count: Self.size))
        words.append(contentsOf: repeatElement(0, count: Self.size * width))
        counts.append(0)
        return counts.count - 1
    }

    /// Puts a new root above the full one.
    private mutating func raise() {
        let node = openNode()
        let entry = node * Self.size
        entries[entry] = Entry(rank: entries[root * Self.size].rank, below: Int32(root))
        counts[node] = 1
        gather(into: entry)
        root = node
        height += 1
    }

    /// Moves the later half of the full node below an entry to a new one beside it.
    private mutating func split(_ entry: Int, before rank: Rank) {
        let full = Int(entries[entry].below) * Self.size
        let new = openNode()
        // Who comes last mostly stays last: then the full node is left full.
        let cut = entries[full + Self.size - 1].rank < rank ? Self.size - 1 : Self.size / 2
        move(full + cut..<full + Self.size, to: new * Self.size)
        counts[full / Self.size] = Int32(cut)
        counts[new] = Int32(Self.size - cut)
        makeRoom(at: entry + 1)
        entries[entry + 1] = Entry(rank: entries[new * Self.size].rank, below: Int32(new))
        gather(into: entry)
        gather(into: entry + 1)
    }

    /// Reads an entry's demands from the node below it.
    private mutating func gather(into entry: Int) {
        for word in 0..<width {
            var all: UInt64 = 0
            for below in entries(of: Int(entries[entry].below)) { all |= words[below * width + word] }
            words[entry * width + word] = all
        }
    }

    private mutating func makeRoom(at entry: Int) {
        let node = entry / Self.size
        move(entry..<entries(of: node).upperBound, to: entry + 1)
        counts[node] += 1
    }

    private mutating func takeOut(_ entry: Int) {
        let node = entry / Self.size
        move(entry + 1..<entries(of: node).upperBound, to: entry)
        counts[node] -= 1
    }

    /// Without the checks of every place, which took as long as all else.
    private mutating func move(_ moved: Range<Int>, to place: Int) {
        if moved.isEmpty { return }
        precondition(moved.upperBound <= entries.count && place + moved.count <= entries.count, "No entry is there.")
        entries.withUnsafeMutableBufferPointer { entries in
            guard let first = entries.baseAddress else { return }
            (first + place).update(from: first + moved.lowerBound, count: moved.count)
        }
        words.withUnsafeMutableBufferPointer { words in
            guard let first = words.baseAddress else { return }
            (first + place * width).update(from: first + moved.lowerBound * width, count: moved.count * width)
        }
    }
}

/// Whom of two desks to offer work of one channel: the least loaded, then the longest idle, then by number.
struct Rank: Comparable, Sendable {
    /// Work in hand and idle since, packed: the smaller, the sooner.
    let key: UInt64
    let number: Int64

    /// After everybody.
    static let none = Rank(key: noKey, number: .max)
    /// For a desk that can take nothing now.
    static var noKey: UInt64 { .max }

    /// Loads beyond 4,094 count as that.
    static func key(load: Int, idleSince: Moment) -> UInt64 {
        let idle = UInt64(max(0, min(idleSince.milliseconds, 1 << 52 - 1)))
        return UInt64(min(load, 4_094)) << 52 | idle
    }

    static func < (left: Self, right: Self) -> Bool {
        left.key != right.key ? left.key < right.key : left.number < right.number
    }
}
