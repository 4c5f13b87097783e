extension UnsafeMutableBufferPointer<UInt64> {
    /// Sorts by the upper halves, least byte first; what was in order of the lower halves stays so.
    ///
    /// - Parameters:
    ///   - spare: room for as many.
    ///   - bits: how many of the highest bits all have in common, at most 31.
    func sortByUpperHalf(_ spare: UnsafeMutableBufferPointer<UInt64>, sharing bits: UInt64 = 0) {
        guard count > 1 else { return }
        if count < 48 { return insertionSort() }
        var (from, to) = (self, UnsafeMutableBufferPointer(rebasing: spare[..<count]))
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 257) { starts in
            for shift in stride(from: UInt64(32), to: 64 - bits, by: 8) {
                starts.initialize(repeating: 0)
                for entry in from { starts[Int(entry >> shift & 255) + 1] += 1 }
                for byte in 1..<257 { starts[byte] += starts[byte - 1] }
                for entry in from {
                    let byte = Int(entry >> shift & 255)
                    to[starts[byte]] = entry
                    starts[byte] += 1
                }
                swap(&from, &to)
            }
        }
        if from.baseAddress != baseAddress { _ = update(fromContentsOf: from) }
    }

    private func insertionSort() {
        for place in 1..<count {
            let entry = self[place]
            var hole = place
            while hole > 0, self[hole - 1] > entry {
                self[hole] = self[hole - 1]
                hole -= 1
            }
            self[hole] = entry
        }
    }
}
