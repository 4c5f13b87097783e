#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif
internal import Values

/// How a length of time is distributed: of handling, of patience, of answering.
public enum Times: Hashable, Sendable {
    /// Always as long.
    case constant(Duration)
    /// Without memory: what Erlang's formulas assume.
    case exponential(mean: Duration)
    /// What talking mostly looks like (Brown et al. 2005). `variation` is the standard deviation over the mean.
    case lognormal(mean: Duration, variation: Double)
    /// With a hazard that falls (`shape` below 1) or rises (above 1).
    case weibull(mean: Duration, shape: Double)
    /// As measured: so large a share is at most so long, straight between the points. Shares and times rise; the first
    /// share is 0 and the last 1.
    case measured([Quantile])
    /// Without end: whoever never gives up.
    case never

    /// One point of a measured distribution.
    public struct Quantile: Hashable, Sendable {
        /// From 0 to 1.
        public let share: Double
        public let time: Duration

        public init(share: Double, time: Duration) {
            self.share = share
            self.time = time
        }
    }

    /// The mean in seconds; infinite for `never`.
    public var meanSeconds: Double {
        switch self {
        case .constant(let time): time.inSeconds
        case .exponential(let mean), .lognormal(let mean, _), .weibull(let mean, _): mean.inSeconds
        case .measured(let points):
            zip(points, points.dropFirst()).reduce(0) { sum, pair in
                sum + (pair.1.share - pair.0.share) * (pair.0.time.inSeconds + pair.1.time.inSeconds) / 2
            }
        case .never: .infinity
        }
    }
}

/// A distribution made ready to be drawn from, in milliseconds: one uniform number gives one time, a larger one a longer.
enum Sampler: Sendable {
    case constant(Double)
    case exponential(mean: Double)
    case lognormal(middle: Double, spread: Double)
    case weibull(scale: Double, power: Double)
    case measured([(share: Double, time: Double)])

    init(_ times: Times) {
        switch times {
        case .constant(let time): self = .constant(time.inSeconds * 1_000)
        case .exponential(let mean): self = .exponential(mean: mean.inSeconds * 1_000)
        case .lognormal(let mean, let variation):
            let square = log1p(variation * variation)
            self = .lognormal(middle: log(mean.inSeconds * 1_000) - square / 2, spread: square.squareRoot())
        case .weibull(let mean, let shape):
            self = .weibull(scale: mean.inSeconds * 1_000 / exp(lgamma(1 + 1 / shape)), power: 1 / shape)
        case .measured(let points): self = .measured(points.map { ($0.share, $0.time.inSeconds * 1_000) })
        case .never: self = .constant(.infinity)
        }
    }

    /// The time below which that share lies, in milliseconds; `share` is between 0 and 1, neither of them.
    func milliseconds(_ share: Double) -> Double {
        switch self {
        case .constant(let time): time
        case .exponential(let mean): -mean * log(1 - share)
        case .lognormal(let middle, let spread): exp(middle + spread * Normal.quantile(share))
        case .weibull(let scale, let power): scale * pow(-log1p(-share), power)
        case .measured(let points): Self.between(points, at: share)
        }
    }

    private static func between(_ points: [(share: Double, time: Double)], at share: Double) -> Double {
        guard let next = points.firstIndex(where: { $0.share >= share }), next > 0 else {
            return points.last?.time ?? 0
        }
        let (low, high) = (points[next - 1], points[next])
        let part = high.share > low.share ? (share - low.share) / (high.share - low.share) : 1
        return low.time + part * (high.time - low.time)
    }
}
