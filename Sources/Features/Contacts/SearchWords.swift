import Foundation

/// What a text is found by: its words in small letters without accents, up to a limit.
enum SearchWords {
    static func words(of text: String) -> [String] {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }
            .prefix(12).map { String($0.prefix(40)) }
    }
}
