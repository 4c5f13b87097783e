#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// How far the truth strays from forecasts, as past ones did: the bounds between which a share of it falls.
///
/// Of counts the spread is √(f + c f²), chance and what all intervals share, c by moments; the bounds are the quantiles of what was
/// seen, in these units. So no law is assumed, and an unlike size of the two tails is kept.
struct ForecastSpread: Equatable, Sendable {
    private let shared: Double
    private var low, high: Double
    private let kind: SeriesKind

    init(_ pairs: [(forecast: Double, truth: Double)], covering share: Double, _ kind: SeriesKind) {
        let squares = pairs.reduce(0) { $0 + $1.forecast * $1.forecast }
        let excess = pairs.reduce(0) { $0 + ($1.forecast - $1.truth) * ($1.forecast - $1.truth) - $1.forecast }
        let shared = squares > 0 ? max(0, excess / squares) : 0
        let units = pairs.map { ($0.truth - $0.forecast) / Self.unit($0.forecast, shared, kind) }.sorted()
        // One more than were seen, so that few give wide bounds.
        func quantile(_ share: Double) -> Double {
            let place = share * Double(units.count + 1) - 1
            return units[min(units.count - 1, max(0, Int(share < 0.5 ? place.rounded(.down) : place.rounded(.up))))]
        }
        self.shared = shared
        self.kind = kind
        // By the normal law where nothing was seen.
        low = units.isEmpty ? -Self.normalQuantile(share) : quantile((1 - share) / 2)
        high = units.isEmpty ? Self.normalQuantile(share) : quantile((1 + share) / 2)
    }

    /// How many times wider the bounds would have had to be to hold a share of other truths.
    func widening(to hold: Double, of pairs: [(forecast: Double, truth: Double)]) -> Double {
        let needed = pairs.map { pair in
            let units = (pair.truth - pair.forecast) / Self.unit(pair.forecast, shared, kind)
            return units > 0 ? units / max(high, 1e-9) : units / min(low, -1e-9)
        }.sorted()
        return needed.isEmpty ? 1 : needed[min(needed.count - 1, Int(hold * Double(needed.count)))]
    }

    /// The same, so many times wider.
    func widened(by factor: Double) -> ForecastSpread {
        var wider = self
        (wider.low, wider.high) = (low * factor, high * factor)
        return wider
    }

    func range(around forecast: Double) -> ClosedRange<Double> {
        let unit = Self.unit(forecast, shared, kind)
        let bottom = max(0, forecast + min(0, low * unit))
        return bottom...max(bottom, forecast + max(0, high * unit))
    }

    private static func unit(_ forecast: Double, _ shared: Double, _ kind: SeriesKind) -> Double {
        kind == .counts ? (max(0, forecast) + shared * forecast * forecast + 0.25).squareRoot() : max(1, forecast)
    }

    /// Within how many standard deviations a share of the normal distribution lies.
    private static func normalQuantile(_ share: Double) -> Double {
        var (low, high) = (0.0, 40.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if 1 - erfc(middle / 2.0.squareRoot()) < share { low = middle } else { high = middle }
        }
        return high
    }
}
