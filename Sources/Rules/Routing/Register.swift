import Values

/// Where everything that has a number of its own stands in its row: contacts, advisers, queues.
///
/// An event looks up to a dozen of them up, and hashing as a dictionary does took a fifth of its time. One multiplication
/// is enough here: the numbers are those of our own tables, so nobody can choose them to collide. Linear probing, at most half full;
/// what is taken out is closed up at once (D. Knuth, "The Art of Computer Programming" 6.4, algorithm R).
struct Register<Thing>: Sendable {
    private struct Slot: Sendable {
        var number: Int64 = 0
        /// Below 0 where nothing stands.
        var place: Int32 = -1
    }

    private(set) var count = 0
    /// A power of two.
    private var slots = [Slot](repeating: Slot(), count: 16)

    var isEmpty: Bool { count == 0 }

    /// Its place; nil when it is unknown, or is to be forgotten.
    subscript(_ id: Identifier<Thing>) -> Int? {
        get {
            let slot = slot(of: id.number)
            return slots[slot].place < 0 ? nil : Int(slots[slot].place)
        }
        set {
            guard let newValue else { return forget(id.number) }
            if 2 * count >= slots.count { grow() }
            let slot = slot(of: id.number)
            if slots[slot].place < 0 { count += 1 }
            slots[slot] = Slot(number: id.number, place: Int32(newValue))
        }
    }

    /// Where it stands, or the first free slot of its row.
    private func slot(of number: Int64) -> Int {
        var slot = home(of: number)
        while slots[slot].place >= 0, slots[slot].number != number { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private func home(of number: Int64) -> Int {
        // The upper half is well mixed.
        Int((UInt64(bitPattern: number) &* 0x9e37_79b9_7f4a_7c15) >> 32) & (slots.count - 1)
    }

    private mutating func forget(_ number: Int64) {
        var gap = slot(of: number)
        guard slots[gap].place >= 0 else { return }
        count -= 1
        let mask = slots.count - 1
        var next = (gap + 1) & mask
        while slots[next].place >= 0 {
            // Whoever would be found from the gap on moves into it.
            if (next - home(of: slots[next].number)) & mask >= (next - gap) & mask {
                slots[gap] = slots[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        slots[gap] = Slot()
    }

    private mutating func grow() {
        let before = slots
        slots = [Slot](repeating: Slot(), count: 2 * before.count)
        for old in before where old.place >= 0 { slots[slot(of: old.number)] = old }
    }
}
