/// Numbers that are the same again for the same seed (SplitMix64, Steele et al. 2014).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

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
