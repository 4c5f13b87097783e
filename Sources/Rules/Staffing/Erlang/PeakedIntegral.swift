#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Integrals of e^-q(y) times slow functions, where q is convex and 0 at its least, y = 0.
///
/// Such an integrand has one peak. How far it reaches is found first (to where it is e^-50 of the peak), then each side
/// is cut into panels, and each panel summed by the rule of Gauss and Legendre with 16 points. The work is the same
/// for ten agents and for ten million. As q is convex, no side falls from its peak within less than a fiftieth of its reach,
/// and a panel of a twelfth leaves an error below 1e-15 of the whole.
struct PeakedIntegral: Sendable {
    private let fall: @Sendable (Double) -> Double
    /// From where to where the integrand is worth counting.
    let reach: ClosedRange<Double>
    private let cuts: [Double]

    /// - Parameters:
    ///   - leftEnd: Where the domain begins, 0 or less; it has no end on the right.
    ///   - marks: Where else panels are cut: at scales of the integrand finer than its reach.
    ///   - fall: q.
    init(from leftEnd: Double, marks: [Double] = [], fall: @escaping @Sendable (Double) -> Double) {
        self.fall = fall
        let right = Self.distance(to: Self.depth) { fall($0) }
        let left = leftEnd < 0 ? min(-leftEnd, Self.distance(to: Self.depth, atMost: -leftEnd) { fall(-$0) }) : 0
        reach = -left...right
        let panels = stride(from: 0, through: Double(Self.panels), by: 1).map { $0 / Double(Self.panels) }
        let range = reach
        cuts = (panels.map { -left * $0 } + panels.map { right * $0 } + marks.filter(range.contains)).sorted()
    }

    /// The integrals from one place to another of the integrand times four functions.
    func integral(
        from start: Double, to end: Double = .infinity, of factors: (Double) -> SIMD4<Double>
    ) -> SIMD4<Double> {
        let start = max(start, reach.lowerBound)
        let end = min(end, reach.upperBound)
        guard start < end else { return .zero }
        var sum = SIMD4<Double>.zero
        var left = start
        for cut in cuts where cut > left {
            guard cut < end else { break }
            sum += panel(from: left, to: cut, of: factors)
            left = cut
        }
        return sum + panel(from: left, to: end, of: factors)
    }

    private func panel(from left: Double, to right: Double, of factors: (Double) -> SIMD4<Double>) -> SIMD4<Double> {
        let half = (right - left) / 2
        let middle = left + half
        var sum = SIMD4<Double>.zero
        for (place, weight) in Self.points {
            for y in [middle - half * place, middle + half * place] {
                sum += weight * exp(-fall(y)) * factors(y)
            }
        }
        return sum * half
    }

    /// The distance at which a convex function that begins at 0 reaches a height, from above, within a few per cent.
    private static func distance(
        to height: Double, atMost limit: Double = .infinity, _ rise: (Double) -> Double
    ) -> Double {
        if limit < .infinity, rise(limit) <= height { return limit }
        var far = min(1, limit)
        while rise(far) < height, far < 1e300 { far = min(far * 2, limit) }
        while far > 1e-300, rise(far / 2) >= height { far /= 2 }
        var near = far / 2
        for _ in 0..<5 {
            let middle = near + (far - near) / 2
            if rise(middle) < height { near = middle } else { far = middle }
        }
        return far
    }

    private static let depth = 50.0
    private static let panels = 12

    /// Half of the points and their weights on -1...1; the other half mirrors them.
    private static let points: [(place: Double, weight: Double)] = [
        (0.0950125098376374401853193354249581, 0.1894506104550684962853967232082831),
        (0.2816035507792589132304605014604961, 0.1826034150449235888667636679692199),
        (0.4580167776572273863424194429835776, 0.1691565193950025381893120790303600),
        (0.6178762444026437484466717640487910, 0.1495959888165767320815017305474786),
        (0.7554044083550030338951011948474422, 0.1246289712555338720524762821920164),
        (0.8656312023878317438804678977123931, 0.0951585116824927848099251076022462),
        (0.9445750230732325760779884155346083, 0.0622535239386478928628438369943777),
        (0.9894009349916499325961541734503326, 0.0271524594117540948517805724560182),
    ]
}
