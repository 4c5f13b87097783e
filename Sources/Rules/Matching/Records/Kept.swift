/// Numbers kept in memory or in a file; they read the same.
struct Kept<Element: BitwiseCopyable & Sendable>: Sendable {
    /// All of them; none once they are in a file, and then none may be added.
    var memory: [Element]
    private var file: Mapping?

    init(_ elements: [Element] = []) {
        memory = elements
    }

    init(_ file: Mapping) {
        memory = []
        self.file = file
    }

    var count: Int { file.map { $0.count / MemoryLayout<Element>.stride } ?? memory.count }

    /// The bytes that they take in memory.
    var footprint: Int { memory.capacity * MemoryLayout<Element>.stride }

    /// The bytes that they take in a file.
    var spilled: Int { file?.count ?? 0 }

    @inline(__always)
    subscript(place: Int) -> Element {
        guard file != nil else { return memory[place] }
        return withUnsafeBufferPointer { $0[place] }
    }

    /// Lends all of them, for as long as the body runs.
    @inline(__always)
    func withUnsafeBufferPointer<Result, Fault: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        guard let file else { return try memory.withUnsafeBufferPointer(body) }
        return try file.withBytes { bytes throws(Fault) in
            // A mapping begins at a page, so at a multiple of any number's size.
            try body(bytes.assumingMemoryBound(to: Element.self))
        }
    }

    /// Whether they are in a file.
    var isInFile: Bool { file != nil }

    /// Has the system read some of them, if they are in a file, without waiting for them.
    func readAhead(_ places: Range<Int>) {
        let size = MemoryLayout<Element>.stride
        file?.readAhead(places.lowerBound * size..<places.upperBound * size)
    }

    /// Tells the system whether they will be looked at here and there, if they are in a file.
    func look(hereAndThere isSo: Bool) { file?.look(hereAndThere: isSo) }

    /// Moves them to a file, unless they are too few for one.
    mutating func move(by spill: Spill) throws(RecordFault) {
        guard file == nil, memory.count * MemoryLayout<Element>.stride >= max(1, spill.leastBytes) else { return }
        let file = try SpillFile(in: spill.folder)
        try file.append(memory)
        self.file = try file.mapped()
        memory = []
    }
}
