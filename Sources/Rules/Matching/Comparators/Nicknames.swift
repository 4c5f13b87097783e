/// Which forenames are forms of one: pet names, short forms, spellings and the same name in another language of
/// these islands. A name may be in several sets ("alex"), and agrees with all names in any of them.
enum Nicknames {
    /// Compared in small letters and without blanks around; the same name is always a form of itself, the empty text
    /// is a form of nothing.
    static func areForms(_ a: Text, _ b: Text) -> Bool {
        guard let left = hash(a), let right = hash(b) else { return false }
        if left == right { return true }
        let (sets, others) = (table[left], table[right])
        for place in 0..<sets.scalarCount where sets[place] != 0 {
            if any(others .== SIMD8(repeating: sets[place])) { return true }
        }
        return false
    }

    /// All forms that share a set with this name, itself among them, sorted; none when it is in no set.
    static func forms(of name: String) -> [String] {
        let wanted = name.lowercased()
        let sets = NicknameTable.sets.filter { $0.contains(wanted) }
        return Set(sets.joined()).sorted()
    }

    private static let table = Table(NicknameTable.sets)

    private static func hash(_ name: Text) -> UInt64? {
        var (start, end) = (0, name.count)
        while start < end, Number.isBlank(name.start[start]) { start += 1 }
        while end > start, Number.isBlank(name.start[end - 1]) { end -= 1 }
        guard start < end else { return nil }
        var scalars = Scalars(Text(start: name.start + start, count: end - start, isASCII: name.isASCII))
        var hash = TextHash()
        while let scalar = scalars.next() { hash.add(Scalars.lowercased(scalar)) }
        return hash.value
    }

    /// From the hash of a name to the numbers of its sets, from 1, the free places 0.
    private struct Table: Sendable {
        /// A hash table with free places (0), at most half full.
        private var names: [UInt64]
        private var numbers: [SIMD8<UInt16>]

        init(_ sets: [[String]]) {
            let size = 1 << (Int.bitWidth - (2 * sets.joined().count).leadingZeroBitCount)
            names = [UInt64](repeating: 0, count: size)
            numbers = [SIMD8<UInt16>](repeating: .zero, count: size)
            for (number, set) in sets.enumerated() {
                for name in set {
                    guard let hash = Text.borrowed(name, { Nicknames.hash($0) }) else { continue }
                    let place = place(of: hash)
                    names[place] = hash
                    guard let free = (0..<8).first(where: { numbers[place][$0] == 0 }) else { continue }
                    numbers[place][free] = UInt16(number + 1)
                }
            }
        }

        subscript(hash: UInt64) -> SIMD8<UInt16> { numbers[place(of: hash)] }

        private func place(of hash: UInt64) -> Int {
            var place = Int(truncatingIfNeeded: hash) & (names.count - 1)
            while names[place] != 0, names[place] != hash { place = (place + 1) & (names.count - 1) }
            return place
        }
    }
}
