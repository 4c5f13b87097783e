/// Numbers on their way to a file, a portion at a time.
struct FileBuffer<Element: BitwiseCopyable & Sendable>: Sendable {
    private let file: SpillFile
    private var waiting: [Element] = []
    private let most: Int
    /// How many there were so far.
    private(set) var count = 0

    init(in folder: String, most: Int = 1 << 16) throws(RecordFault) {
        file = try SpillFile(in: folder)
        self.most = most
        waiting.reserveCapacity(most)
    }

    @inline(__always)
    mutating func append(_ element: Element) throws(RecordFault) {
        waiting.append(element)
        count += 1
        if waiting.count >= most { try flush() }
    }

    mutating func append(_ elements: UnsafeBufferPointer<Element>) throws(RecordFault) {
        waiting.append(contentsOf: elements)
        count += elements.count
        if waiting.count >= most { try flush() }
    }

    private mutating func flush() throws(RecordFault) {
        try file.append(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    /// All of them, to be read.
    consuming func kept() throws(RecordFault) -> Kept<Element> {
        try flush()
        return try file.kept()
    }
}
