/// Hides numbers that must not be kept: National Insurance numbers, and card numbers that pass their check digit.
///
/// A National Insurance number is two letters, six digits and a letter from A to D, with or without spaces (HMRC
/// manual NIM39110). A card number has 12 to 19 digits with spaces or dashes between, and a Luhn check digit
/// (ISO/IEC 7812-1). What merely looks long, a reference or a telephone number, stays.
enum Masking {
    static let mark: Character = "•"

    static func masked(_ text: String) -> String {
        var characters = Array(text)
        var index = 0
        while index < characters.count {
            let found = nationalInsurance(in: characters, at: index) ?? card(in: characters, at: index)
            guard let end = found else {
                index += 1
                continue
            }
            for position in index..<end where !isGap(characters[position]) { characters[position] = mark }
            index = end
        }
        return String(characters)
    }

    /// The end of a National Insurance number that starts here.
    private static func nationalInsurance(in characters: [Character], at start: Int) -> Int? {
        guard startsWord(characters, start) else { return nil }
        let shape: [(Character) -> Bool] =
            [isLetter, isLetter] + Array(repeating: isDigit, count: 6) + [{ "ABCDabcd".contains($0) }]
        var index = start
        for (step, fits) in shape.enumerated() {
            while step > 0, index < characters.count, isGap(characters[index]) { index += 1 }
            guard index < characters.count, fits(characters[index]) else { return nil }
            index += 1
        }
        return endsWord(characters, index) ? index : nil
    }

    /// The end of the longest card number that starts here.
    private static func card(in characters: [Character], at start: Int) -> Int? {
        guard startsWord(characters, start), start < characters.count, isDigit(characters[start]) else { return nil }
        var digits: [Int] = []
        var longest: Int?
        var index = start
        while index < characters.count, digits.count < 19 {
            if let digit = characters[index].wholeNumberValue, isDigit(characters[index]) {
                digits.append(digit)
                index += 1
                if digits.count >= 12, endsWord(characters, index), passesLuhn(digits) { longest = index }
            } else if isGap(characters[index]), index + 1 < characters.count, isDigit(characters[index + 1]) {
                index += 1
            } else {
                break
            }
        }
        return longest
    }

    private static func passesLuhn(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, item in
            let doubled = item.offset % 2 == 1 ? item.element * 2 : item.element
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum % 10 == 0 && digits.contains { $0 != 0 }
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
    private static func isLetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }
    private static func isGap(_ character: Character) -> Bool { " -\u{A0}".contains(character) }

    private static func startsWord(_ characters: [Character], _ index: Int) -> Bool {
        index == 0 || !(characters[index - 1].isLetter || characters[index - 1].isNumber)
    }

    private static func endsWord(_ characters: [Character], _ index: Int) -> Bool {
        index >= characters.count || !(characters[index].isLetter || characters[index].isNumber)
    }
}
