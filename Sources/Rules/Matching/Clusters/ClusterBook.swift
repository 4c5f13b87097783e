/// Which record is in which named cluster, kept over the years.
///
/// A cluster's name is a number that is never used again. It keeps it when it grows; when clusters merge, the name of
/// the one with the most records, then the oldest, stays; when one splits, the largest part, then the one with the
/// smallest row, keeps it. Every change is written into a history, from which the book could be made again.
///
/// Records are rows, and a row means the same record for as long as the book is used; names of records come in only when
/// the book is read and written. New records cost time for themselves, their links and the smaller of the clusters that
/// merge, not for the whole. Memory: 8 bytes for each record, 12 for each cluster there ever was, and the history.
public struct ClusterBook: Sendable {
    static let none = UInt32.max

    /// By row: the cluster's place in `names`, or `none` for what is not in the book.
    private(set) var places: [UInt32] = []
    /// By row: another record of the same cluster; following them leads around through all and back.
    private var next: [UInt32] = []
    /// The clusters' names, ascending, of those that ended too.
    private(set) var names: [UInt32] = []
    /// By place: one record of the cluster, `none` when it has none.
    private var entries: [UInt32] = []
    /// By place: how many records the cluster has.
    private(set) var sizes: [UInt32] = []
    /// The highest name that was ever given.
    private(set) var lastName: UInt32 = 0
    /// What happened since the book was begun.
    public private(set) var history: [ClusterEvent] = []

    /// A book without records.
    public init() {}

    /// A book whose clusters take the names 1, 2, 3, … in order of their smallest rows. This is not in the history.
    public init(founding clustering: Clustering) {
        names = []
        var placeOf = [UInt32](repeating: Self.none, count: clustering.count)
        makeRoom(forRow: clustering.count - 1)
        for (row, label) in clustering.labels.enumerated() {
            if label == row { placeOf[row] = open() }
            put(UInt32(row), in: placeOf[Int(label)])
        }
    }

    /// What was written down: for each record its cluster, and the history, numbered 1, 2, 3, ….
    init(members: [(row: UInt32, cluster: UInt32)], history: [ClusterEvent]) {
        names = Self.distinct(members.map(\.cluster))
        entries = [UInt32](repeating: Self.none, count: names.count)
        sizes = [UInt32](repeating: 0, count: names.count)
        makeRoom(forRow: Int(members.map(\.row).max() ?? 0) - (members.isEmpty ? 1 : 0))
        for member in members {
            if let place = place(named: member.cluster) { put(member.row, in: place) }
        }
        self.history = history
        lastName = history.reduce(names.last ?? 0) { max($0, $1.cluster, $1.other ?? 0) }
    }

    /// The different names, rising.
    private static func distinct(_ names: [UInt32]) -> [UInt32] {
        guard let highest = names.max(), Int(highest) / 16 <= names.count else { return Array(Set(names)).sorted() }
        var isUsed = [Bool](repeating: false, count: Int(highest) + 1)
        for name in names { isUsed[Int(name)] = true }
        return (0...highest).filter { isUsed[Int($0)] }
    }

    /// How many rows the book knows of; those beyond are new.
    public var rows: Int { places.count }

    /// The name of the record's cluster; nil when the record is not in the book.
    public func cluster(of row: UInt32) -> UInt32? {
        guard Int(row) < places.count, places[Int(row)] != Self.none else { return nil }
        return names[Int(places[Int(row)])]
    }

    /// The rows of the cluster with this name, ascending; none when it has ended or never was.
    public func members(of cluster: UInt32) -> [UInt32] {
        place(named: cluster).map { members(at: $0).sorted() } ?? []
    }

    /// The book as a partition; rows that are not in it stand alone.
    public func clustering() -> Clustering {
        var firsts = [UInt32](repeating: Self.none, count: names.count)
        var labels = [UInt32](0..<UInt32(places.count))
        for (row, place) in places.enumerated() where place != Self.none {
            if firsts[Int(place)] == Self.none { firsts[Int(place)] = UInt32(row) }
            labels[row] = firsts[Int(place)]
        }
        return Clustering(trusted: labels)
    }
}

/// How records are put in, taken out and moved, without a word in the history.
extension ClusterBook {
    mutating func makeRoom(forRow row: Int) {
        guard row >= places.count else { return }
        let missing = row + 1 - places.count
        places.append(contentsOf: repeatElement(Self.none, count: missing))
        next.append(contentsOf: repeatElement(Self.none, count: missing))
    }

    /// A new cluster, empty as yet.
    mutating func open() -> UInt32 {
        precondition(lastName < Self.none - 1, "All names of clusters are used up.")
        lastName += 1
        names.append(lastName)
        entries.append(Self.none)
        sizes.append(0)
        return UInt32(names.count - 1)
    }

    mutating func put(_ row: UInt32, in place: UInt32) {
        let entry = entries[Int(place)]
        if entry == Self.none {
            entries[Int(place)] = row
            next[Int(row)] = row
        } else {
            next[Int(row)] = next[Int(entry)]
            next[Int(entry)] = row
        }
        places[Int(row)] = place
        sizes[Int(place)] += 1
    }

    /// Takes all records out of the cluster.
    mutating func empty(_ place: UInt32) {
        for row in members(at: place) { places[Int(row)] = Self.none }
        entries[Int(place)] = Self.none
        sizes[Int(place)] = 0
    }

    /// Puts all records of one cluster into another.
    mutating func pour(_ source: UInt32, into target: UInt32) {
        let from = entries[Int(source)]
        guard from != Self.none else { return }
        for row in members(at: source) { places[Int(row)] = target }
        let to = entries[Int(target)]
        if to == Self.none {
            entries[Int(target)] = from
        } else {
            // Two rings become one when two of their ends change places.
            next.swapAt(Int(from), Int(to))
        }
        sizes[Int(target)] += sizes[Int(source)]
        entries[Int(source)] = Self.none
        sizes[Int(source)] = 0
    }

    func members(at place: UInt32) -> [UInt32] {
        let entry = entries[Int(place)]
        guard entry != Self.none else { return [] }
        var members = [entry]
        var row = next[Int(entry)]
        while row != entry {
            members.append(row)
            row = next[Int(row)]
        }
        return members
    }

    func place(named name: UInt32) -> UInt32? {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if names[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < names.count && names[low] == name ? UInt32(low) : nil
    }

    mutating func write(
        _ what: ClusterEvent.What, _ place: UInt32, other: UInt32? = nil, record: UInt32? = nil, when: String
    ) {
        history.append(
            ClusterEvent(
                number: (history.last?.number ?? 0) + 1, when: when, what, names[Int(place)],
                other: other.map { names[Int($0)] }, record: record))
    }
}
