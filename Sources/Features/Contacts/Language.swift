import Foundation

/// Languages by their BCP 47 tags: `en`, `cy`, `zh-Hant-TW`. By them a browser chooses its letters and a screen reader
/// its voice, so a tag goes wherever a queue's name stands, and with the words that planners wrote for that queue.
enum Language {
    /// What the product's own words are written in, and those for all queues.
    static let usual = "en"

    /// Whether this is the tag of a language that there is, with a script and a region where they matter.
    static func isTag(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?/) != nil
            && Locale.LanguageCode(String(text.prefix { $0 != "-" })).isISOLanguage
    }
}
