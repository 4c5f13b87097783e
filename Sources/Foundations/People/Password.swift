import Foundation
import Values

/// A new password saying no.
package enum PasswordRefusal: Refusal, Equatable {
    case wrongOld
    case tooShort
    case tooLong
    case common
    case containsOwnName
    case unchanged

    package var sentence: String {
        switch self {
        case .wrongOld: "The old password is not right."
        case .tooShort:
            """
            A password has at least \(Password.shortest) characters. Four words that do not belong together are good.
            """
        case .tooLong: "A password has at most \(Password.longest) bytes."
        case .common:
            "This password is among the first that others try. Four words that do not belong together are better."
        case .containsOwnName: "A password must not contain your own name, username or staff number."
        case .unchanged: "The new password must differ from the old one."
        }
    }
}

/// The rules for a new password: long, not common, not one's own name. No mixture of signs is asked for, as
/// NIST SP 800-63B advises.
enum Password {
    static let shortest = 12
    static let longest = 1_024

    static func check(_ password: String, for person: Person) throws(PasswordRefusal) {
        guard password.count >= shortest else { throw .tooShort }
        guard password.utf8.count <= longest else { throw .tooLong }
        let folded = Person.folded(password)
        guard !isCommon(folded) else { throw .common }
        let own = Person.words(name: person.name, username: person.username, staffNumber: person.staffNumber)
        // Words of one to three letters ("de", "van") are in many a good password.
        guard !own.contains(where: { $0.count > 3 && folded.contains($0) }) else { throw .containsOwnName }
    }

    /// Whether it is one of the usual ones: few different signs, a row of the keyboard or alphabet, or usual words with
    /// digits around them.
    static func isCommon(_ folded: String) -> Bool {
        let plain = String(folded.map { substitutes[$0] ?? $0 })
        return Set(folded).count < 5 || isRun(folded) || isOnlyUsualWords(folded) || isOnlyUsualWords(plain)
    }

    private static let substitutes: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
    ]

    /// Most neighbours follow one another on the keyboard or in the alphabet, or a short piece is repeated.
    private static func isRun(_ text: String) -> Bool {
        let signs = Array(text)
        for length in 1...4 where signs.indices.allSatisfy({ signs[$0] == signs[$0 % length] }) { return true }
        let following = zip(signs, signs.dropFirst()).count { rows.contains("\($0)\($1)") }
        return following * 10 >= (signs.count - 1) * 8
    }

    private static let rows: Set<String> = {
        let rows = [
            "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiop",
            "azertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "!@#$%^&*()",
        ]
        return Set(rows.flatMap { row in zip(row, row.dropFirst()).flatMap { ["\($0)\($1)", "\($1)\($0)"] } })
    }()

    /// Nothing is left but two letters or fewer when digits, signs and usual words are taken away.
    private static func isOnlyUsualWords(_ text: String) -> Bool {
        var letters = text.filter(\.isLetter)
        for word in usual { letters = letters.replacingOccurrences(of: word, with: "") }
        return letters.count <= 2
    }

    /// From the common lists of leaked passwords, the longest first, and what staff here would think of.
    private static let usual: [String] = """
        administrator administration touchdown password passwort passord contrasena motdepasse wachtwoord qwertyuiop
        qwertzuiop asdfghjkl zxcvbnm qwerty qwertz azerty asdfgh zxcvbn iloveyou letmein welcome willkommen bienvenue
        princess sunshine football baseball basketball superman batman spiderman starwars pokemon minecraft liverpool
        arsenal chelsea manchester barcelona realmadrid juventus monkey dragon master shadow killer freedom whatever
        trustno computer internet samsung google facebook linkedin microsoft windows apple iphone jordan michael
        jennifer jessica charlie thomas george daniel andrew joshua matthew anthony robert william ashley nicole hannah amanda
        summer winter spring autumn january february march april may june july august september october
        november december
        monday tuesday wednesday thursday friday saturday sunday secret access login admin root user guest test temp
        default changeme change please hello love baby angel flower purple orange yellow silver golden cookie cheese
        chocolate banana pepper ginger buster hunter ranger soccer hockey tigger mustang ferrari mercedes porsche office
        company london berlin paris england britain scotland ireland wales america customs revenue taxes welfare pension
        contact centre center helpline adviser helpdesk support team staff work home pass word abc xyz aaa zzz
        """.split(whereSeparator: \.isWhitespace).map(String.init).sorted { $0.count > $1.count }
}
