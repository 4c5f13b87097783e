/// Texts from outside made fit for a chart: escaped, without control characters, as long as there is room.
package enum ChartText {
    /// The text as XML and HTML content or a quoted attribute. Of marks upon marks three stay: no script needs more,
    /// and towers of them cover the lines around.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        var marks = 0
        for scalar in text.unicodeScalars {
            marks =
                scalar.value >= 0x300 && scalar.properties.generalCategory == .nonspacingMark
                ? marks + 1 : 0
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped += " "
            case _ where isForbidden(scalar): escaped += "\u{FFFD}"
            case _ where isDirectionMark(scalar) || marks > 3: break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return isolated(escaped)
    }

    /// What XML does not allow, or no reader should get: control characters and the non-characters.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }

    /// Marks that could turn round what stands beside them.
    private static func isDirectionMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Between marks of isolation, when it has letters that may run from right to left.
    private static func isolated(_ text: String) -> String {
        text.unicodeScalars.contains {
            (0x590..<0x900).contains($0.value) || (0xFB1D..<0xFF00).contains($0.value)
                || $0.value >= 0x1_0800
        }
            ? "\u{2068}\(text)\u{2069}" : text
    }

    /// At most so many characters, and eight scalars for each on average, the last being … when something is left out.
    package static func shortened(_ text: String, to count: Int) -> String {
        let head = String(text.unicodeScalars.prefix(count * 8))
        let isWhole = head.unicodeScalars.count == text.unicodeScalars.prefix(count * 8 + 1).count
        let kept = head.prefix(count)
        if isWhole, kept.endIndex == head.endIndex { return text }
        return head.prefix(max(count - 1, 0)) + "…"
    }

    /// As much as probably fits into so many pixels.
    package static func shortened(_ text: String, toFit width: Double, at size: Double = 13) -> String {
        var room = width / size
        var fitting = 0
        let head = shortened(text, to: 400)
        for character in head {
            room -= advance(of: character)
            if room < 0 { return shortened(head, to: max(fitting, 1)) }
            fitting += 1
        }
        return head
    }

    /// The same, with … in the middle: what levels differ by stands at their ends.
    package static func squeezed(_ text: String, toFit width: Double, at size: Double = 13) -> String {
        let whole = shortened(text, to: 400)
        if self.width(of: whole, at: size) <= width { return whole }
        let head = shortened(whole, toFit: width * 0.6, at: size)
        var tail = ""
        for character in whole.reversed() {
            let longer = String(character) + tail
            if self.width(of: head + longer, at: size) > width { break }
            tail = longer
        }
        return head + tail
    }

    /// The words in lines of at most so many pixels; what does not fit into the last line is cut.
    package static func lines(_ text: String, toFit width: Double, at size: Double = 13, most: Int)
        -> [String]
    {
        var lines: [String] = []
        var line = ""
        let words = text.split(separator: " ")
        for (index, word) in words.enumerated() {
            let longer = line.isEmpty ? String(word) : "\(line) \(word)"
            if line.isEmpty || self.width(of: longer, at: size) <= width {
                line = longer
            } else if lines.count == most - 1 {
                line = ([line] + words[index...].map(String.init)).joined(separator: " ")
                break
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return (line.isEmpty ? lines : lines + [line]).map { shortened($0, toFit: width, at: size) }
    }

    /// About how wide a text is, in pixels.
    package static func width(of text: String, at size: Double = 13) -> Double {
        shortened(text, to: 400).reduce(0) { $0 + advance(of: $1) } * size
    }

    /// About how wide a character is in the usual fonts, as a share of the size: on the safe side.
    private static func advance(of character: Character) -> Double {
        let first = character.unicodeScalars.first ?? " "
        switch first.value {
        case 0x2E80...0xD7AF, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F000...0x3FFFF:
            return 1.1
        default: break
        }
        switch character {
        case "i", "j", "l", "I", "'", ".", ",", ":", ";", "|", "!": return 0.32
        case " ", "f", "t", "r", "(", ")", "-", "/": return 0.42
        case "m", "w", "M", "W", "@", "%": return 0.98
        case "A"..."Z": return 0.72
        default: return 0.62
        }
    }
}
