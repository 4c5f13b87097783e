import People
import Storage
import Values
import Web

/// What a contact was about or came to, as wrap-up notes it.
struct WrapUpCode: Encodable, Equatable, Sendable {
    let code: String
    let title: String
    let position: Int
}

extension WrapUpCode {
    init(_ form: inout Form, code sent: String) {
        code = sent
        if sent.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) == nil || sent.count > 40 {
            form.refuse("code", "Write the code in small letters, digits and single hyphens, 40 at most.")
        }
        title = form.line("title", "a title", upTo: 80)
        position = form.isBlank("position") ? 0 : form.number("position", "the position", in: 0...999) ?? 0
    }

    /// As desks list them: without those that were removed.
    static func all(in transaction: Transaction) throws -> [WrapUpCode] {
        try transaction.rows(
            """
            SELECT code, title, position FROM wrap_up_code WHERE is_removed = FALSE ORDER BY position, code
            """
        ).map {
            WrapUpCode(code: try $0.value("code"), title: try $0.value("title"), position: try $0.value("position"))
        }
    }

    /// Whether an adviser may choose this code now.
    static func isOffered(_ code: String, in transaction: Transaction) throws -> Bool {
        try transaction.row("SELECT code FROM wrap_up_code WHERE code = \(code) AND is_removed = FALSE") != nil
    }

    /// Adds it, or gives the code another title and place; one that was removed comes back.
    func store(by act: Act, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO wrap_up_code (code, title, position) VALUES (\(code), \(title), \(position))
            ON CONFLICT (code) DO UPDATE
                SET title = excluded.title, position = excluded.position, is_removed = FALSE
            """)
        try Audit.append(
            act.entry("wrap-up code changed", Subject("wrap-up code"), ["code": code, "title": title]), in: transaction)
    }

    /// Takes it from the desks; contacts of the past keep the code, and the code its title.
    static func remove(_ code: String, by act: Act, in transaction: Transaction) throws {
        let others = try all(in: transaction).filter { $0.code != code }
        let removed = try transaction.run(
            """
            UPDATE wrap_up_code SET is_removed = TRUE WHERE code = \(code) AND is_removed = FALSE
            """)
        guard removed == 1 else { throw WordsRefusal.unknown }
        if others.isEmpty { throw WordsRefusal.lastCode }
        try Audit.append(act.entry("wrap-up code removed", Subject("wrap-up code"), ["code": code]), in: transaction)
    }
}
