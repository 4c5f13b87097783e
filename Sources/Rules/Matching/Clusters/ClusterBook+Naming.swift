/// Who keeps which name when clusters grow, merge and split.
extension ClusterBook {
    /// A part of the changed book, what it has of old clusters, and its name.
    private struct Claimed {
        var part: Part
        /// By the old cluster's place: how many records of it, and the smallest row among those that come one by one.
        var shares: [UInt32: (records: UInt32, first: UInt32)] = [:]
        /// The old clusters whose name belongs here.
        var claims: [UInt32] = []
        /// The place it gets.
        var target = ClusterBook.none
        var first: UInt32 { part.rows.first ?? ClusterBook.none }
    }

    /// Names the parts, writes the history and moves the records.
    mutating func settle(
        _ parts: [Part], loosened: Set<UInt32>, erased: [UInt32], when: String
    ) -> [ClusterEvent] {
        let before = history.count
        for part in parts {
            if let last = part.rows.max() { makeRoom(forRow: Int(last)) }
        }
        var claimed = parts.map(withShares)
        // A whole cluster alone, whose records got a link among themselves, is as it was.
        claimed.removeAll { $0.part.rows.isEmpty && $0.part.wholes.count == 1 }
        giveClaims(&claimed)
        giveTargets(&claimed)
        writeHistory(of: claimed, erased: erased, loosened: loosened, when: when)
        for place in loosened { empty(place) }
        for part in claimed {
            for row in part.part.rows { put(row, in: part.target) }
            for whole in part.part.wholes where whole != part.target { pour(whole, into: part.target) }
        }
        return Array(history[before...])
    }

    private func withShares(_ part: Part) -> Claimed {
        var claimed = Claimed(part: part)
        claimed.part.rows.sort()
        for row in claimed.part.rows where places[Int(row)] != Self.none {
            claimed.shares[places[Int(row)], default: (0, row)].records += 1
        }
        for whole in part.wholes { claimed.shares[whole] = (sizes[Int(whole)], 0) }
        return claimed
    }

    /// An old cluster's name belongs where most of its records are, then where its smallest row is.
    private func giveClaims(_ parts: inout [Claimed]) {
        var best: [UInt32: Int] = [:]
        for (index, part) in parts.enumerated() {
            for (place, share) in part.shares {
                guard let other = best[place], let held = parts[other].shares[place] else {
                    best[place] = index
                    continue
                }
                if share.records > held.records || (share.records == held.records && share.first < held.first) {
                    best[place] = index
                }
            }
        }
        for (place, index) in best { parts[index].claims.append(place) }
    }

    /// Of several names the one that brings the most records stays, then the oldest; where there is none, a new one is
    /// given, in order of the smallest rows.
    private mutating func giveTargets(_ parts: inout [Claimed]) {
        for index in parts.indices {
            let shares = parts[index].shares
            let strongest = parts[index].claims.min { one, other in
                let first = shares[one]?.records ?? 0
                let second = shares[other]?.records ?? 0
                return first != second ? first > second : one < other
            }
            if let strongest { parts[index].target = strongest }
        }
        parts.sort { one, other in
            one.target != other.target ? one.target < other.target : one.first < other.first
        }
        for index in parts.indices where parts[index].target == Self.none { parts[index].target = open() }
    }

    /// In an order in which the lines could be followed one by one: first what leaves, then what merges, then what is new.
    private mutating func writeHistory(of parts: [Claimed], erased: [UInt32], loosened: Set<UInt32>, when: String) {
        for row in Set(erased).sorted() { write(.erasure, places[Int(row)], record: row, when: when) }
        var isAlive: Set<UInt32> = []
        for part in parts {
            let claims = Set(part.claims)
            isAlive.formUnion(claims)
            for row in part.part.rows where places[Int(row)] != Self.none {
                let old = places[Int(row)]
                if !claims.contains(old) { write(.split, part.target, other: old, record: row, when: when) }
            }
        }
        for part in parts {
            for old in part.claims.sorted() where old != part.target {
                write(.merge, part.target, other: old, when: when)
            }
        }
        for part in parts {
            var isBorn = !part.shares.isEmpty
            for row in part.part.rows where places[Int(row)] == Self.none {
                write(isBorn ? .growth : .birth, part.target, record: row, when: when)
                isBorn = true
            }
        }
        for place in loosened.subtracting(isAlive).sorted() { write(.end, place, when: when) }
    }
}
