/// Records in groups, each with the number of its own, from 0 without gaps.
struct Partition {
    /// The group of each record, or `notKnown`.
    let groups: [UInt32]
    /// How many records each group has.
    let sizes: [Int]

    /// The groups as given, renumbered when the numbers have large gaps; records that are `notKnown` are in none.
    init(_ groups: [UInt32]) {
        let known = groups.lazy.filter { $0 != Truth.notKnown }
        let highest = known.max().map { Int($0) + 1 } ?? 0
        let dense = highest <= 2 * groups.count + 1024 ? groups : Self.renumbered(groups)
        self.groups = dense
        var sizes = Array(repeating: 0, count: highest <= 2 * groups.count + 1024 ? highest : groups.count)
        for group in dense where group != Truth.notKnown { sizes[Int(group)] += 1 }
        self.sizes = sizes
    }

    private init(groups: [UInt32], sizes: [Int]) {
        self.groups = groups
        self.sizes = sizes
    }

    /// How many pairs of records share a group.
    var pairs: Int { sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }
    /// How many groups have a record.
    var count: Int { sizes.count { $0 > 0 } }

    /// The groups of records that are together in both: the filled cells of the contingency table. Linear in the
    /// records, because each of this one's groups is gone through with one scratch row for the other's.
    func joined(with other: Self) -> Self {
        var cells = Array(repeating: Truth.notKnown, count: groups.count)
        var sizes: [Int] = []
        var cell = Array(repeating: Truth.notKnown, count: other.sizes.count)
        var owner = Array(repeating: Truth.notKnown, count: other.sizes.count)
        for record in recordsByGroup() where other.groups[record] != Truth.notKnown {
            let column = Int(other.groups[record])
            if owner[column] != groups[record] {
                owner[column] = groups[record]
                cell[column] = UInt32(sizes.count)
                sizes.append(0)
            }
            cells[record] = cell[column]
            sizes[Int(cell[column])] += 1
        }
        return Self(groups: cells, sizes: sizes)
    }

    /// The records that are in a group, group after group.
    private func recordsByGroup() -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(sizes.count)
        var place = 0
        for size in sizes {
            places.append(place)
            place += size
        }
        var records = Array(repeating: 0, count: place)
        for record in groups.indices where groups[record] != Truth.notKnown {
            records[places[Int(groups[record])]] = record
            places[Int(groups[record])] += 1
        }
        return records
    }

    private static func renumbered(_ groups: [UInt32]) -> [UInt32] {
        var numbers: [UInt32: UInt32] = [:]
        for group in groups where group != Truth.notKnown && numbers[group] == nil {
            numbers[group] = UInt32(numbers.count)
        }
        return groups.map { numbers[$0] ?? Truth.notKnown }
    }
}
