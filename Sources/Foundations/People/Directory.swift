import Foundation
import Storage
import Values

/// One page of people in the order of their names, and where the next one begins.
package struct DirectoryPage: Equatable, Sendable {
    /// Behind whom the next page begins.
    package struct Key: Hashable, Sendable, LosslessStringConvertible {
        let sortName: String
        let id: Person.ID

        init(sortName: String, id: Person.ID) {
            self.sortName = sortName
            self.id = id
        }

        /// `17 de vries, amina`: fit for a link once it is percent-encoded.
        package var description: String { "\(id) \(sortName)" }

        package init?(_ description: String) {
            guard let space = description.firstIndex(of: " "), !description.contains("\u{0}"),
                let id = Person.ID(String(description[..<space]))
            else { return nil }
            self.init(sortName: String(description[description.index(after: space)...]), id: id)
        }
    }

    package let people: [Person]
    /// Nil on the last page.
    package let next: Key?

    init(_ rows: [Row], limit: Int, on day: Day, in transaction: Transaction) throws {
        people = try Person.people(Array(rows.prefix(limit)), on: day, in: transaction)
        next = rows.count > limit ? people.last.map { Key(sortName: Person.folded($0.name), id: $0.id) } : nil
    }
}

extension Person {
    /// Finds people by the beginnings of the words of their names, of their username or of their staff number.
    ///
    /// Every word of `text` must begin one of a person's words: "ami vri" finds Amina de Vries. Who has left is found
    /// only when asked for. An empty text lists everybody.
    package static func search(
        _ text: String, on day: Day, includingLeft: Bool = false, after: DirectoryPage.Key? = nil, limit: Int = 50,
        in transaction: Transaction
    ) throws -> DirectoryPage {
        let found = matches(words(of: text), on: day, includingLeft: includingLeft, after: after, limit: limit + 1)
        let rows = try transaction.rows(
            """
            \(selected(on: day)) WHERE person.id IN (\(found)) ORDER BY person.sort_name, person.id
            """)
        return try DirectoryPage(rows, limit: limit, on: day, in: transaction)
    }

    /// The numbers of a page of people: chosen before anything else about them is looked up.
    private static func matches(
        _ words: [String], on day: Day, includingLeft: Bool, after: DirectoryPage.Key?, limit: Int
    ) -> SQL {
        var conditions: [SQL] = includingLeft ? [] : ["(person.left_on IS NULL OR person.left_on > \(day))"]
        if let after { conditions.append("(person.sort_name, person.id) > (\(after.sortName), \(after.id))") }
        // Each word is looked up once as a range, not once for every candidate: PostgreSQL without statistics, just
        // after an import, took five seconds for the latter.
        for word in words.sorted(by: { $0.utf8.count > $1.utf8.count }).prefix(5) {
            conditions.append(
                """
                person.id IN (SELECT person_id FROM person_word
                    WHERE word >= \(word) AND word < \(word + lastCharacter))
                """)
        }
        let filter: SQL = conditions.isEmpty ? "" : "WHERE \(SQL.list(conditions, separator: " AND "))"
        return "SELECT person.id FROM person \(filter) ORDER BY person.sort_name, person.id LIMIT \(limit)"
    }

    /// Sorts behind every character that a word may hold.
    private static let lastCharacter = "\u{10FFFF}"

    /// What a person is found by: the words of her name, her username, her staff number.
    static func words(name: String, username: String, staffNumber: String) -> Set<String> {
        Set(words(of: name)).union([username, folded(staffNumber)])
    }

    /// The words of a text, folded.
    static func words(of text: String) -> [String] {
        folded(text).split { $0 == " " || $0 == "," || $0 == "\u{0}" }.map(String.init)
    }

    /// Lower case without accents: "Zoë" and "zoe" are the same word.
    static func folded(_ text: String) -> String {
        // Most names are ASCII, where Foundation's folding costs twenty times as much.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        return text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }
}
