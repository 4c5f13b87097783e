import Values

extension SeededChance {
    /// A text that is no moment, day or identifier, but looks a bit like one.
    mutating func spoiled(_ text: String) -> String {
        var characters = Array(text)
        let rubbish = Array("0123456789-:.TZ +eE٣½é\u{0}x/")
        for _ in 0...Int.random(in: 0..<3, using: &self) {
            let place = Int.random(in: 0...characters.count, using: &self)
            switch Int.random(in: 0..<3, using: &self) {
            case 0 where place < characters.count: characters.remove(at: place)
            case 1 where place < characters.count: characters[place] = rubbish.randomElement(using: &self) ?? "x"
            default: characters.insert(rubbish.randomElement(using: &self) ?? "x", at: place)
            }
        }
        return String(characters)
    }
}
