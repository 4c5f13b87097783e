/// Finding by halving.
enum Bisection {
    /// The least whole number from a start for which something holds that, once it holds, holds for all greater ones. Looks
    /// at few: some two for each binary digit of how far away it is.
    static func firstNumber<Failure: Error>(
        from start: Int, _ holds: (Int) throws(Failure) -> Bool
    ) throws(Failure) -> Int {
        guard try !holds(start) else { return start }
        var (no, step) = (start, 1)
        while try !holds(no + step) {
            no += step
            step *= 2
        }
        var yes = no + step
        while yes - no > 1 {
            let middle = no + (yes - no) / 2
            if try holds(middle) { yes = middle } else { no = middle }
        }
        return yes
    }
}
