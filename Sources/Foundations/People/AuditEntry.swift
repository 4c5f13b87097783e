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
