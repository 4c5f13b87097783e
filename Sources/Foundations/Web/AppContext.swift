import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import People
import Values

/// What a handler knows about the request besides the request: who asks, from where, under which number.
package struct AppContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Who is signed in, and how that was shown.
    package var signedIn: SignedIn?
    package var credential = Credential.none
    /// Who is signed in by now, asked again while a live view stays open; whether being there keeps the session going.
    var signedInStill: @Sendable (_ isUse: Bool) async throws -> Person? = { _ in nil }
    /// The address of the caller: of the nearest proxy that is trusted to say it, else of the connection.
    package var address: String
    /// The number under which this request stands in log and answers.
    package var requestID: String

    /// How a request shows who sends it.
    package enum Credential: Sendable {
        case none
        /// A browser sends this by itself, so unsafe requests also need the page's token.
        case cookie
        case bearer
    }

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress.map(NetworkAddress.unmapped) ?? "local"
        requestID = ""
    }

    package var maxUploadSize: Int { 64 * 1_024 }
}

extension AppContext {
    /// What is done in this request, for the audit trail.
    package func act(at moment: Moment) -> Act {
        Act(by: signedIn?.person.id, at: moment, address: address, request: requestID)
    }

    /// The person who is signed in. Whoever has been given a password chooses one of her own before anything else.
    package func person() throws -> Person {
        let holder = try holder()
        guard !holder.mustChangePassword else { throw AccessRefusal.passwordGiven }
        return holder.person
    }

    /// Who is signed in, with whatever password: for her own account.
    func holder() throws -> SignedIn {
        guard let signedIn else { throw AccessRefusal.notSignedIn }
        return signedIn
    }

    /// The person of this session as she is by now; nil when it has ended. For live views, which outlast their request.
    ///
    /// - Parameter isUse: whether asking counts as a use of the session, as `mayStill` does.
    package func personStill(isUse: Bool = false) async throws -> Person? {
        try await signedInStill(isUse)
    }

    /// Whether the session goes on and still allows this. For screens that are looked at for hours without a touch, so
    /// asking counts as a use of the session; its absolute limit ends it all the same.
    package func mayStill(_ permission: Permission) async throws -> Bool {
        try await signedInStill(true)?.may(permission) == true
    }

    /// The person who is signed in, if the role allows this.
    package func person(allowedTo permission: Permission) throws -> Person {
        let person = try person()
        guard person.may(permission) else { throw AccessRefusal.notAllowed }
        return person
    }
}

/// Who asks may not.
package enum AccessRefusal: Refusal, Equatable {
    case notSignedIn, passwordGiven, notAllowed, notFound, forgedForm

    package var sentence: String {
        switch self {
        case .notSignedIn: "Please sign in first."
        case .passwordGiven:
            "Somebody else has set your password. Choose one of your own first, on the page \"Account\"."
        case .notAllowed: "Your role does not allow this. Ask an administrator if it should."
        case .notFound: "There is nothing here, or nothing that you may see."
        case .forgedForm:
            "This form was open for too long or did not come from this site. Reload the page and send it again."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .notSignedIn: .unauthenticated
        case .passwordGiven, .notAllowed, .forgedForm: .forbidden
        case .notFound: .notFound
        }
    }
}
