/// Places in a file that will be looked at, told in their order: the system reads what lies close together in one go, while
/// others are still told.
struct ReadAhead<Element: BitwiseCopyable & Sendable> {
    private let kept: Kept<Element>
    private var run = 0..<0

    /// A disk reads 64 KB in less time than it takes to begin anew elsewhere.
    private static var gap: Int { (1 << 16) / MemoryLayout<Element>.stride }
    private static var most: Int { (1 << 21) / MemoryLayout<Element>.stride }

    init(of kept: Kept<Element>) {
        self.kept = kept
    }

    /// Tells of some more places, which begin no earlier than those before.
    @inline(__always)
    mutating func add(_ places: Range<Int>) {
        if places.lowerBound <= run.upperBound + Self.gap, places.upperBound - run.lowerBound <= Self.most {
            if places.upperBound > run.upperBound { run = run.lowerBound..<places.upperBound }
        } else {
            finish()
            run = places
        }
    }

    /// Has the last places read, too.
    mutating func finish() {
        if !run.isEmpty { kept.readAhead(run) }
        run = 0..<0
    }
}
