/// A bound on a count of edits as "at most so many", or its contrary.
struct EditBound {
    /// Below 0 when no count is small enough.
    let most: Int
    let isDenied: Bool

    /// Nil when the limit is no number, which nothing is within.
    @inline(__always)
    init?(_ bound: Bound) {
        let limit = bound.limit
        guard limit == limit else { return nil }
        let clamped = min(max(limit, -1), 1e15)
        let whole = Int(clamped)
        // The largest count at most, or just below, the limit; Int rounds towards 0, which matters below 0 only.
        let atMost = clamped < 0 ? -1 : whole
        let below = Double(whole) < clamped ? whole : atMost - 1
        switch bound.sense {
        case .atMost: (most, isDenied) = (atMost, false)
        case .below: (most, isDenied) = (below, false)
        case .above: (most, isDenied) = (atMost, true)
        case .atLeast: (most, isDenied) = (below, true)
        }
    }
}
