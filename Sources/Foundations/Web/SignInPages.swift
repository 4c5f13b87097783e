import People
import Values

/// The sign-in form.
struct SignInPage: Page {
    static let template = "sign-in"
    let title = "Sign in"
    let next: String?
    let username: String?
    let errors: [Problem.Field]

    init(next: String?, username: String? = nil, refusal: (any Refusal)? = nil) {
        self.next = next
        self.username = username
        errors = refusal.map { ($0 as? FormRefusal)?.errors ?? [Problem.Field("username", $0.sentence)] } ?? []
    }
}

/// What a person can do about her own account.
struct AccountPage: Page {
    static let template = "account"
    let title = "Your account"
    let name: String
    let username: String
    let staffNumber: String
    let roles: [String]
    let errors: [Problem.Field]

    init(person: Person, refusal: (any Refusal)? = nil) {
        name = person.name
        username = person.username
        staffNumber = person.staffNumber
        roles = person.roles.map(\.label).sorted()
        errors = refusal.map { ($0 as? FormRefusal)?.errors ?? [Problem.Field("new", $0.sentence)] } ?? []
    }
}

/// A session as a program sees it.
struct SessionAnswer: Encodable, Sendable {
    let token: String?
    let csrf: String
    let expiresAt: Moment
    let person: Who

    struct Who: Encodable, Sendable {
        let id: Person.ID
        let name: String
        let staffNumber: String
        let username: String
        let roles: [Role]
    }

    init(_ signedIn: SignedIn, token: String?, expiresAt: Moment) {
        self.token = token
        csrf = signedIn.formToken
        self.expiresAt = expiresAt
        let person = signedIn.person
        self.person = Who(
            id: person.id, name: person.name, staffNumber: person.staffNumber, username: person.username,
            roles: person.roles.sorted { $0.rawValue < $1.rawValue })
    }
}
