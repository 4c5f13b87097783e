#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Numbers as readers expect them: a true minus sign, thousands apart, no more digits than say something.
package enum ChartNumber {
    /// 1,234,567
    package static func count(_ count: Int) -> String {
        let digits = Array(String(count.magnitude))
        var text = count < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    /// 1,000 as 1k and 1,000,000 as 1M, for the ticks of powers of ten.
    package static func short(_ count: Double) -> String {
        switch count {
        case 1e9...: "\(fixed(count / 1e9, 0))G"
        case 1e6...: "\(fixed(count / 1e6, 0))M"
        case 1e3...: "\(fixed(count / 1e3, 0))k"
        default: fixed(count, 0)
        }
    }

    /// With so many decimals, rounded half away from zero.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        if value.isNaN { return "undefined" }
        if value.isInfinite { return value < 0 ? "−∞" : "∞" }
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * Double(scale)).rounded()
        guard scaled < 9e15 else { return value < 0 ? "−\(value.magnitude)" : "\(value)" }
        let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: scale)
        let sign = value < 0 && scaled > 0 ? "−" : ""
        if decimals == 0 { return sign + count(whole) }
        let tail = String(rest)
        return sign + count(whole) + "." + String(repeating: "0", count: decimals - tail.count) + tail
    }

    /// The same with a plus sign when it is above zero.
    package static func signed(_ value: Double, _ decimals: Int = 2) -> String {
        let text = fixed(value, decimals)
        return value > 0 && text.contains { $0 != "0" && $0 != "." } ? "+" + text : text
    }

    /// A probability with as many digits as tell it from 0 and 1.
    package static func probability(_ probability: Double) -> String {
        guard probability > 0, probability < 1 else {
            return fixed(probability, probability == 0 || probability == 1 ? 0 : 4)
        }
        if probability < 0.000_1 { return small(probability) }
        let rest = min(probability, 1 - probability)
        var (decimals, least) = (4, 0.001)
        while decimals < 12, rest < least { (decimals, least) = (decimals + 1, least / 10) }
        return rest < 1e-11 ? "> 0.99999999999" : fixed(probability, decimals)
    }

    /// 2.1×10⁻⁷
    private static func small(_ value: Double) -> String {
        var exponent = Int((-log10(value)).rounded(.up))
        var mantissa = value * pow(10, Double(exponent))
        if exponent > 300 { return "0.0000" }
        if (mantissa * 10).rounded() >= 100 { (mantissa, exponent) = (mantissa / 10, exponent - 1) }
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let raised = String(exponent).compactMap(\.wholeNumberValue).map { digits[$0] }
        return "\(fixed(mantissa, 1))×10⁻\(String(raised))"
    }

    /// A share as a percentage with so many decimals; – for nil.
    package static func percent(_ share: Double?, _ decimals: Int = 1) -> String {
        share.map { fixed($0 * 100, decimals) + " %" } ?? "–"
    }

    /// A coordinate: at most two decimals, a plain minus, no zeros at the end.
    package static func place(_ value: Double) -> String {
        let bounded = value.isFinite ? min(max(value, -1e6), 1e6) : 0
        let rounded = Int((bounded * 100).rounded())
        let (whole, rest) = Int(rounded.magnitude).quotientAndRemainder(dividingBy: 100)
        var text = rounded < 0 ? "-\(whole)" : "\(whole)"
        if rest > 0 {
            text += rest < 10 ? ".0\(rest)" : ".\(rest)"
            if rest.isMultiple(of: 10) { text.removeLast() }
        }
        return text
    }
}
