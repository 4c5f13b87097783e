extension Records {
    /// Has the system read the names of links' records, if they are in files: whoever writes the links then need not wait for
    /// one after the other.
    func readAheadNames(of links: [Link]) {
        guard !links.isEmpty, names.contains(where: \.isInFile) else { return }
        var rows: [UInt64] = []
        rows.reserveCapacity(links.count * 2)
        for link in links {
            rows.append(UInt64(link.left) << 32)
            rows.append(UInt64(link.right) << 32)
        }
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: rows.count) { spare in
            rows.withUnsafeMutableBufferPointer { $0.sortByUpperHalf(spare) }
        }
        var start = 0
        for (number, source) in sources.enumerated() {
            let end = rows[start...].firstIndex { Int($0 >> 32) >= source.rows.upperBound } ?? rows.count
            names[number].readAhead(
                rows[start..<end].lazy.map { UInt32($0 >> 32) - UInt32(source.rows.lowerBound) + 1 })
            start = end
        }
    }
}
