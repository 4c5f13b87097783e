import Crypto
import Foundation
import Storage
import Values

/// What kind of act an entry is about: a noun, in the words of the feature that appends it.
package struct Action: RawRepresentable, Hashable, Sendable, SQLConvertible, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(stringLiteral: String) {
        rawValue = stringLiteral
    }

    package static let signIn: Action = "sign-in"
    package static let failedSignIn: Action = "failed sign-in"
    package static let signOut: Action = "sign-out"
    package static let passwordChanged: Action = "password change"
    package static let rolesChanged: Action = "role change"
    package static let personAdded: Action = "person added"
    package static let personChanged: Action = "person changed"
    package static let personLeft: Action = "person left"
    package static let skillChanged: Action = "skill change"
    package static let staffImported: Action = "staff import"
    package static let identityChanged: Action = "identity change"
}

/// The thing an act was done to: a kind in domain words and its number.
package struct Subject: Hashable, Sendable {
    package let kind: String
    package let number: Int64?

    package init(_ kind: String, _ number: Int64? = nil) {
        self.kind = kind
        self.number = number
    }

    package init(_ person: Person.ID) {
        self.init("person", person.number)
    }
}

/// Who acts, when, and in which request: what every audit entry of one request has in common.
package struct Act: Hashable, Sendable {
    /// Nil for the platform itself and for whoever is not signed in.
    package let actor: Person.ID?
    package let at: Moment
    package let address: String?
    package let request: String?

    package init(by actor: Person.ID?, at moment: Moment, address: String? = nil, request: String? = nil) {
        self.actor = actor
        self.at = moment
        self.address = address
        self.request = request
    }

    /// An entry about this act.
    package func entry(_ action: Action, _ subject: Subject?, _ detail: [String: String] = [:]) -> AuditEntry {
        AuditEntry(act: self, action: action, subject: subject, detail: detail)
    }
}

/// One privileged act, to be appended to the audit trail in the transaction that does it.
package struct AuditEntry: Hashable, Sendable {
    package let act: Act
    package let action: Action
    package let subject: Subject?
    /// JSON with sorted keys; never a secret.
    package let detail: String

    package init(act: Act, action: Action, subject: Subject?, detail: [String: String] = [:]) {
        self.act = act
        self.action = action
        self.subject = subject
        self.detail = JSON.text(detail)
    }

    init(act: Act, action: Action, subject: Subject?, detailText: String) {
        self.act = act
        self.action = action
        self.subject = subject
        self.detail = detailText
    }
}

/// A link of the audit chain: its number, and the SHA-256 over everything up to it.
package struct AuditLink: Hashable, Sendable {
    package let number: Int64
    package let hash: String

    package init(number: Int64, hash: String) {
        self.number = number
        self.hash = hash
    }

    /// Before the first entry.
    package static let none = AuditLink(number: 0, hash: String(repeating: "0", count: 64))

    /// The link that this entry becomes behind this one.
    ///
    /// The encoding has one reading: every field is preceded by its length in bytes as a decimal and a colon, a missing
    /// one is `-`. Fields in order: previous hash, number, moment, actor, action, subject kind, subject number, detail,
    /// address, request.
    func next(_ entry: AuditEntry) -> AuditLink {
        var canonical = ""
        let fields: [String?] = [
            hash, "\(number + 1)", "\(entry.act.at)", entry.act.actor.map { "\($0)" }, entry.action.rawValue,
            entry.subject?.kind, entry.subject?.number.map { "\($0)" }, entry.detail, entry.act.address,
            entry.act.request,
        ]
        for field in fields {
            canonical += field.map { "\($0.utf8.count):\($0)" } ?? "-"
        }
        return AuditLink(number: number + 1, hash: Hex.text(SHA256.hash(data: Array(canonical.utf8))))
    }
}

/// The trail of privileged acts: entries numbered without gaps, each hashed together with the one before.
///
/// Whoever changes or removes an entry breaks every later hash. Removing the newest entries leaves a shorter sound
/// chain: only a `head` noted elsewhere (a log, a printout) shows that, which `verify` takes as `anchor`.
package enum Audit {
    /// Appends an entry, in the transaction of the act itself: both happen or neither.
    @discardableResult
    package static func append(_ entry: AuditEntry, in transaction: Transaction) throws -> AuditLink {
        try append([entry], in: transaction)
    }

    /// Appends many entries in their order.
    @discardableResult
    package static func append(_ entries: [AuditEntry], in transaction: Transaction) throws -> AuditLink {
        var link = try head(in: transaction)
        for start in stride(from: 0, to: entries.count, by: 200) {
            var rows: [SQL] = []
            for entry in entries[start..<min(start + 200, entries.count)] {
                let next = link.next(entry)
                rows.append("""
                    (\(next.number), \(entry.act.at), \(entry.act.actor), \(entry.action), \(entry.subject?.kind),
                    \(entry.subject?.number), \(entry.detail), \(entry.act.address), \(entry.act.request), \(link.hash),
                    \(next.hash))
                    """)
                link = next
            }
            try transaction.run("""
                INSERT INTO audit_entry (number, at, actor_id, action, subject_kind, subject_id, detail, address,
                    request_id, previous_hash, hash)
                VALUES \(SQL.list(rows))
                """)
        }
        return link
    }

    /// The newest link: worth noting outside the database from time to time.
    package static func head(in transaction: Transaction) throws -> AuditLink {
        let row = try transaction.row("SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1")
        guard let row else { return .none }
        return AuditLink(number: try row.value("number"), hash: try row.value("hash"))
    }
}

/// Bytes as lower-case hexadecimal digits.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// JSON of plain words, the same bytes for the same words.
enum JSON {
    static func text(_ words: [String: String]) -> String {
        let pairs = words.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..<" ": quoted += "\\u00" + Hex.text([UInt8(scalar.value)])
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
