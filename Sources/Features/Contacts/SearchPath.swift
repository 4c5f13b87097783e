import Storage
import Values

/// How a search goes through the contacts, so that a million of them take no longer than a thousand.
///
/// A word finds every word that it begins: a range of the index of words. A range in which few contacts are leads:
/// they are looked up one by one. Ranges in which many are have their newest contacts soon, so the search goes from
/// the newest contact back and looks at each one's words; after `portion` of them it says where to go on.
struct SearchPath: Sendable {
    private(set) var conditions: [SQL] = []
    private(set) var order: SQL = "contact.arrived_at DESC, contact.id DESC"
    /// Where a search goes on that has looked at its portion and not seen all.
    private(set) var rest: Contact.ID?

    /// Up to so many contacts a range leads: they are read and sorted in some 20 milliseconds.
    static let few = 10_000
    /// So many contacts are looked at from the newest back, each in some microseconds.
    static let portion: Int64 = 50_000

    init(_ question: ContactQuestion, before: Contact.ID?, in transaction: Transaction) throws {
        let words = try question.words.prefix(6)
            .map { word in (word: word, count: try SearchPath.count(word, in: transaction)) }
            .sorted { ($0.count, $0.word) < ($1.count, $1.word) }
        guard let first = words.first else {
            // A text of signs alone, such as a dash, is no word of anybody.
            if !question.text.allSatisfy(\.isWhitespace) { conditions.append("1 = 0") }
            try follow(arrivalBefore: before, in: transaction)
            return
        }
        // Numbers rise with arrival, so the order of the words' index is the order of time.
        order = "contact.id DESC"
        if let before { conditions.append("contact.id < \(before)") }
        let number = words.count == 1 ? Int64(first.word) : nil
        if first.count <= SearchPath.few || number != nil {
            // A number that begins very many words is meant as it stands.
            let isWhole = first.count > SearchPath.few
            let range: SQL = isWhole ? "word = \(first.word)" : SearchPath.range(first.word)
            let itself: SQL = number.map { "UNION SELECT CAST(\($0) AS BIGINT)" } ?? ""
            conditions.append("contact.id IN (SELECT contact_id FROM contact_word WHERE \(range) \(itself))")
            conditions += words.dropFirst().map { SearchPath.has($0.word) }
        } else {
            conditions += words.map { SearchPath.has($0.word) }
            try stopAfterPortion(before, in: transaction)
        }
    }

    private mutating func follow(arrivalBefore before: Contact.ID?, in transaction: Transaction) throws {
        guard let before, let last = try Contact.find(before, in: transaction) else { return }
        conditions.append("(contact.arrived_at, contact.id) < (\(last.arrivedAt), \(before))")
    }

    private mutating func stopAfterPortion(_ before: Contact.ID?, in transaction: Transaction) throws {
        let newest: Contact.ID? = try transaction.row("SELECT MAX(id) AS id FROM contact")?.optional("id")
        guard let start = before ?? newest.map({ Contact.ID($0.number + 1) }) else { return }
        let floor = start.number - SearchPath.portion
        guard floor > 1 else { return }
        conditions.append("contact.id >= \(floor)")
        rest = Contact.ID(floor)
    }

    /// How many contacts this word leads to, as far as it matters.
    private static func count(_ word: String, in transaction: Transaction) throws -> Int {
        try transaction.row(
            """
            SELECT COUNT(*) AS n FROM
                (SELECT 1 AS one FROM contact_word WHERE \(range(word)) LIMIT \(few + 1)) AS found
            """)?.value("n") ?? 0
    }

    /// Every word that begins so. The last character of all sorts behind every word.
    private static func range(_ word: String) -> SQL {
        "word >= \(word) AND word < \(word + "\u{10FFFF}")"
    }

    private static func has(_ word: String) -> SQL {
        """
        EXISTS (SELECT 1 FROM contact_word WHERE contact_word.contact_id = contact.id AND \(range(word)))
        """
    }
}

extension ContactQuestion {
    /// The words that are looked for, the longest first, each once; of two of which one begins the other, the longer.
    fileprivate var words: [String] {
        let all = Set(SearchWords.words(of: text)).sorted { ($1.count, $0) < ($0.count, $1) }
        return all.reduce(into: []) { kept, word in
            if !kept.contains(where: { $0.hasPrefix(word) }) { kept.append(word) }
        }
    }
}
