import Foundation
import People
import Storage
import Values

/// The sign-in form.
struct SignInPage: Page {
    static let template = "sign-in"
    let title = "Sign in"
    let next: String?
    let username: String?
    let helpSentence = "Ask an administrator for a new one."
    let errors: [Problem.Field]
    let problem: [String: String]

    init(next: String?, username: String? = nil, refusal: (any Refusal)? = nil) {
        self.next = next.flatMap { $0.isEmpty ? nil : $0 }
        self.username = username
        errors = Problem.fields(of: refusal, otherwise: "password")
        problem = Problem.byField(errors)
    }
}

/// Asks before somebody signs out who has work that is not done.
struct SignOutPage: Page {
    static let template = "sign-out"
    let title = "Sign out?"
    let action, sentence, firstPage: String
}

/// What a person can do about her own account.
struct AccountPage: Page {
    static let template = "account"
    let title = "Your account"
    let name: String
    let username: String
    let staffNumber: String
    let team: String?
    let roles: [String]
    let skills: [SkillLine]
    let sessions: [SessionLine]
    /// Somebody else has set her password.
    let isPasswordGiven: Bool
    let errors: [Problem.Field]
    let problem: [String: String]

    struct SkillLine: Encodable, Sendable { let name: String; let level: Int }
    struct SessionLine: Encodable, Sendable {
        let id: Session.ID
        let device, since, lastSeen: String
        let isCurrent: Bool
    }

    init(_ signedIn: SignedIn, at now: Moment, refusal: (any Refusal)?, in transaction: Transaction) throws {
        let person = signedIn.person
        let today = Day(now)
        let levels = try SkillHeld.levels(of: person.id, on: today, in: transaction)
        isPasswordGiven = signedIn.mustChangePassword
        name = person.name
        username = person.username
        staffNumber = person.staffNumber
        team = try person.team.map { try Team.find($0, in: transaction).name }
        roles = person.roles.map(\.label).sorted()
        skills = try NamedSkill.all(in: transaction).compactMap { skill in
            levels[skill.id].map { SkillLine(name: skill.name, level: $0) }
        }
        sessions = try Session.all(of: person.id, in: transaction).map { session in
            SessionLine(
                id: session.id, device: session.address, since: Wording.stamp(session.madeAt, in: .staff),
                lastSeen: Wording.stamp(session.seenAt, in: .staff), isCurrent: session.id == signedIn.session)
        }
        errors = Problem.fields(of: refusal, otherwise: "password")
        problem = Problem.byField(errors)
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
