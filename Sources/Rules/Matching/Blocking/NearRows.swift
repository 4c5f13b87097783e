/// The codes of the rows that some portions gather, copied from their file.
///
/// The rows of a block lie anywhere in it: to gather one after the other has a worker wait for the disk each time. Those
/// of many portions are sorted instead, and the file is read once from its beginning to its end.
struct NearRows: Sendable {
    /// Row after row as the portions gather them.
    private var codes: [UInt32] = []
    /// Where each portion's rows begin; nil for one that gathers none of these.
    private var starts: [Int?] = []

    /// What a row takes: its copy, and twice eight bytes while rows are sorted.
    static func bytesOfRow(of records: Records) -> Int { 4 * records.layout.columns.count + 16 }

    /// - Parameter units: portions of the blocks.
    init(_ units: ArraySlice<Unit>, of blocks: Blocks, in records: Records) {
        guard records.codes.isInFile else { return }
        var order: [UInt64] = []
        order.reserveCapacity(units.reduce(0) { $0 + $1.rows })
        for unit in units {
            starts.append(unit.rows > 0 ? order.count * records.layout.columns.count : nil)
            if unit.rows > 0 { blocks.add(rowsOf: unit, to: &order) }
        }
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, order.count)) { spare in
            order.withUnsafeMutableBufferPointer { $0.sortByUpperHalf(spare) }
        }
        codes = records.copies(of: order)
    }

    /// Lends, by the places of the portions among them, where the codes of each begin; nil where they are not near.
    func lend<Result>(_ body: ((Int) -> UnsafePointer<UInt32>?) -> Result) -> Result {
        codes.withUnsafeBufferPointer { codes in
            body { place in
                guard let base = codes.baseAddress, place < starts.count, let start = starts[place] else { return nil }
                return base + start
            }
        }
    }
}

extension Blocks {
    /// Adds the rows of a portion's runs, each above its place among all that were added.
    fileprivate func add(rowsOf unit: Unit, to order: inout [UInt64]) {
        var start = unit.entries.lowerBound
        while start < unit.entries.upperBound {
            let end = endOfRun(from: start)
            if end - start > 1 {
                for entry in start..<end { order.append(UInt64(row(entry)) << 32 | UInt64(order.count)) }
            }
            start = end
        }
    }
}

extension Records {
    /// Copies of the codes of rows, each at the place that stands below it; the rows come in their order.
    fileprivate func copies(of order: [UInt64]) -> [UInt32] {
        let width = layout.columns.count
        return [UInt32](unsafeUninitializedCapacity: order.count * width) { copies, count in
            var ahead = ReadAhead(of: codes)
            var told = 0
            codes.withUnsafeBufferPointer { codes in
                for place in order.indices {
                    let row = Int(order[place] >> 32)
                    while told < order.count, told - place < 64 || Int(order[told] >> 32) - row < Self.ahead {
                        let next = Int(order[told] >> 32) * width
                        ahead.add(next..<next + width)
                        told += 1
                        if told == order.count { ahead.finish() }
                    }
                    let (from, to) = (row * width, Int(order[place] & 0xffff_ffff) * width)
                    for slot in 0..<width { copies[to + slot] = codes[from + slot] }
                }
            }
            count = order.count * width
        }
    }
}
