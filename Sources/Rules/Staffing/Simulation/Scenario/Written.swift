internal import Values

// Times and numbers as a scenario file has them.
extension Duration {
    /// `08:15`, or `08:15:30`; hours go on after 24.
    var asTimeOfDay: String {
        let seconds = Int64(inSeconds)
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(hours)):\(two(minutes))" + (rest == 0 ? "" : ":\(two(rest))")
    }

    /// `90s`, `15m`, `2h`, `1d`: the largest unit that says it exactly.
    var inWords: String {
        let milliseconds = milliseconds
        for (unit, length) in [("d", Int64(86_400_000)), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)]
        where milliseconds % length == 0 && (milliseconds != 0 || unit == "s") {
            return "\(milliseconds / length)\(unit)"
        }
        return "\((Double(milliseconds) / 1_000).plain)s"
    }
}

extension Double {
    /// Without a point where it is whole.
    var plain: String {
        if self == rounded(), magnitude < 1e15 { return String(Int64(self)) }
        return "\(self)"
    }
}
