#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The gamma distribution with mean 1: by how much a day is busier than expected.
enum Gamma {
    /// One value with this coefficient of variation; 1 when that is 0.
    ///
    /// G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables" (2000). Takes its draws from the
    /// beginning of the branch until one is accepted.
    static func value(variation: Double, _ draws: Draws) -> Double {
        guard variation > 0 else { return 1 }
        let shape = 1 / (variation * variation)
        // Below 1 the method holds for shape + 1, times a power of a uniform number.
        let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        var place: UInt64 = 1
        while true {
            let x = Normal.quantile(draws.uniform(place))
            let u = draws.uniform(place + 1)
            place += 2
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            guard log(u) < x * x / 2 + d - d * v + d * log(v) else { continue }
            let boost = shape < 1 ? exp(log(draws.uniform(0)) / shape) : 1
            return d * v * boost / shape
        }
    }
}
