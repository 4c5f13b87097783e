extension ClusterBook {
    /// Keeps the book after a change and returns what was added to the history.
    ///
    /// The partition is the one that connecting everything at once would give, provided that the links inside every
    /// cluster that loses something are among the remaining ones. Neither the order of links nor of records matters.
    /// - Throws: `ModelFault` when the change names a record wrongly; the book is then as before.
    @discardableResult
    public mutating func apply(_ change: ClusterChange) throws(ModelFault) -> [ClusterEvent] {
        try check(change)
        let loosened = losing(by: change)
        let erased = Set(change.erased)
        var units = Units()
        for row in change.records { units.add(row: row) }
        for place in loosened {
            for row in members(at: place) where !erased.contains(row) { units.add(row: row) }
        }
        let withdrawn = Set(change.withdrawn)
        for link in change.links where isUsed(link, erased: erased, withdrawn: withdrawn) {
            units.join(unit(of: link.left, loosened, &units), unit(of: link.right, loosened, &units))
        }
        let stale = erased.union(change.corrected)
        for link in change.remaining where isUsed(link, erased: stale, withdrawn: withdrawn) {
            guard isInside(link, loosened) else { continue }
            units.join(unit(of: link.left, loosened, &units), unit(of: link.right, loosened, &units))
        }
        return settle(units.parts(), loosened: loosened, erased: change.erased, when: change.when)
    }

    /// The names, ascending, of the clusters that lose a record or a link by the change: their remaining links are needed.
    public func clustersLosing(by change: ClusterChange) -> [UInt32] {
        losing(by: change).map { names[Int($0)] }.sorted()
    }

    /// Makes the book agree with a new clustering of all rows, by any method, and returns what was added to the history.
    ///
    /// Rows beyond those of the book are new, as are those `adding`; other rows that are not in it stay out, and those
    /// that are to be erased leave it, whatever the clustering says of them. Clusters that did not change cost nothing but
    /// a look.
    /// - Throws: `ModelFault` when the clustering has fewer rows than the book; the book is then as before.
    @discardableResult
    public mutating func reconcile(
        with clustering: Clustering, adding new: [UInt32] = [], erasing erased: [UInt32] = [], when: String
    ) throws(ModelFault) -> [ClusterEvent] {
        guard clustering.count >= rows else {
            throw ModelFault(
                at: "clusters",
                "The new clustering has \(clustering.count) rows and the book \(rows); cluster all of them.")
        }
        let known = rows
        let leaving = Set(erased.filter { cluster(of: $0) != nil })
        let arriving = Set(new)
        let isErased = { [places] (row: Int) in
            row < known && places[row] == Self.none && !arriving.contains(UInt32(row))
                || !leaving.isEmpty && leaving.contains(UInt32(row))
        }
        // Of each new cluster: the old one all its records come from, if there is one, and how many they are.
        var origins = [UInt32](repeating: Self.none, count: clustering.count)
        var counts = [UInt32](repeating: 0, count: clustering.count)
        for (row, label) in clustering.labels.enumerated() where !isErased(row) {
            let place = row < known ? places[row] : Self.none
            if counts[Int(label)] == 0 { origins[Int(label)] = place }
            if origins[Int(label)] != place { origins[Int(label)] = Self.none }
            counts[Int(label)] += 1
        }
        var parts: [UInt32: Part] = [:]
        var loosened: Set<UInt32> = []
        for (row, label) in clustering.labels.enumerated() where !isErased(row) {
            let origin = origins[Int(label)]
            if origin != Self.none && counts[Int(label)] == sizes[Int(origin)] { continue }
            parts[label, default: Part()].rows.append(UInt32(row))
            if row < known, places[row] != Self.none { loosened.insert(places[row]) }
        }
        for row in leaving { loosened.insert(places[Int(row)]) }
        makeRoom(forRow: clustering.count - 1)
        return settle(Array(parts.values), loosened: loosened, erased: Array(leaving), when: when)
    }

    private func check(_ change: ClusterChange) throws(ModelFault) {
        var new: Set<UInt32> = []
        for row in change.records where cluster(of: row) != nil || !new.insert(row).inserted || row == Self.none {
            throw ModelFault(at: "row \(row)", "This record is new twice or in the book already; add each record once.")
        }
        for row in change.erased where cluster(of: row) == nil {
            throw ModelFault(at: "row \(row)", "This record is to be erased but is not in the book; leave it out.")
        }
        for row in change.corrected where cluster(of: row) == nil {
            throw ModelFault(at: "row \(row)", "This record is corrected but is not in the book; add it as new.")
        }
        for link in change.links {
            for row in [link.left, link.right] where cluster(of: row) == nil && !new.contains(row) {
                throw ModelFault(
                    at: "row \(row)", "This record has a link but is neither in the book nor new; add it as new.")
            }
        }
    }

    /// The places of the clusters that lose something.
    private func losing(by change: ClusterChange) -> Set<UInt32> {
        var losing: Set<UInt32> = []
        for row in change.erased + change.corrected where cluster(of: row) != nil { losing.insert(places[Int(row)]) }
        for pair in change.withdrawn where cluster(of: pair.left) != nil && cluster(of: pair.right) != nil {
            if places[Int(pair.left)] == places[Int(pair.right)] { losing.insert(places[Int(pair.left)]) }
        }
        return losing
    }

    private func isUsed(_ link: Link, erased: Set<UInt32>, withdrawn: Set<ClusterChange.Pair>) -> Bool {
        (erased.isEmpty || (!erased.contains(link.left) && !erased.contains(link.right)))
            && (withdrawn.isEmpty || !withdrawn.contains(.init(link.left, link.right)))
    }

    /// Whether both ends are in the same cluster, which is one of these.
    private func isInside(_ link: Link, _ loosened: Set<UInt32>) -> Bool {
        guard cluster(of: link.left) != nil, cluster(of: link.right) != nil else { return false }
        let place = places[Int(link.left)]
        return place == places[Int(link.right)] && loosened.contains(place)
    }

    /// What the record moves with: itself when it is new or its cluster is loosened, else its whole cluster.
    private func unit(of row: UInt32, _ loosened: Set<UInt32>, _ units: inout Units) -> UInt32 {
        guard cluster(of: row) != nil, !loosened.contains(places[Int(row)]) else { return units.add(row: row) }
        return units.add(whole: places[Int(row)])
    }
}

extension ClusterBook {
    /// One cluster of a changed book: rows that come one by one, and old clusters that come whole.
    struct Part {
        var rows: [UInt32] = []
        var wholes: [UInt32] = []
    }

    /// The small graph of what a change touches.
    private struct Units {
        private var numbers: [UInt64: UInt32] = [:]
        private var keys: [UInt64] = []
        private var joins: [(UInt32, UInt32)] = []

        private static let whole: UInt64 = 1 << 32

        @discardableResult
        mutating func add(row: UInt32) -> UInt32 { add(UInt64(row)) }
        mutating func add(whole place: UInt32) -> UInt32 { add(Self.whole | UInt64(place)) }

        mutating func join(_ one: UInt32, _ other: UInt32) {
            if one != other { joins.append((one, other)) }
        }

        private mutating func add(_ key: UInt64) -> UInt32 {
            if let number = numbers[key] { return number }
            let number = UInt32(keys.count)
            numbers[key] = number
            keys.append(key)
            return number
        }

        func parts() -> [Part] {
            var components = ConnectedComponents(count: keys.count)
            for (one, other) in joins { components.join(one, other) }
            var parts: [UInt32: Part] = [:]
            for (number, label) in components.labels().enumerated() {
                let key = keys[number]
                if key >= Self.whole {
                    parts[label, default: Part()].wholes.append(UInt32(key & (Self.whole - 1)))
                } else {
                    parts[label, default: Part()].rows.append(UInt32(key))
                }
            }
            return Array(parts.values)
        }
    }
}
