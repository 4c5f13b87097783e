import HTTPTypes
import Hummingbird
import People

/// Finds out who asks, by cookie or bearer token, and refuses unsafe requests that another site made a browser send.
struct SessionGate: RouterMiddleware {
    static let cookie = "touchdown"

    let signIn: SignIn
    let isSecure: Bool

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let token = request.bearerToken {
            // A customer's chat has a bearer token of its own, which is no session; its feature will know it.
            context.signedIn = try await signIn.signedIn(by: token)
            context.credential = .bearer
        } else if let token = request.cookies[SessionGate.cookie]?.value {
            context.signedIn = try await signIn.signedIn(by: token)
            context.credential = context.signedIn == nil ? .none : .cookie
        }
        if let session = context.signedIn?.session {
            context.signedInStill = { [signIn] in try await signIn.holder(of: session, isUse: $0) }
        }
        var response: Response
        do {
            var request = request
            if request.isUnsafe { try await refuseForged(&request, in: context) }
            response = try await next(request, context)
        } catch {
            // The page of an error shows staff their navigation too, so it must know who asked.
            throw context.signedIn.map { FaultMet(error: error, by: $0) } ?? error
        }
        if context.credential == .cookie, let fresh = context.signedIn?.freshToken,
            response.headers[.setCookie]?.contains("\(SessionGate.cookie)=") != true
        {
            response.setCookie(
                Cookie(
                    name: SessionGate.cookie, value: fresh, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
            )
        }
        return response
    }

    /// What a browser sends by itself must come from a page of ours, and carry the page's token.
    private func refuseForged(_ request: inout Request, in context: AppContext) async throws {
        try refuseForeign(request)
        guard context.credential == .cookie, let signedIn = context.signedIn else { return }
        guard signedIn.isFormToken(try await csrf(of: &request, in: context)) else { throw AccessRefusal.forgedForm }
    }

    /// A browser says which site made it send this; what comes from elsewhere is refused.
    private func refuseForeign(_ request: Request) throws {
        guard request.bearerToken == nil else { return }
        if let site = request.headers[.secFetchSite], !["same-origin", "none"].contains(site) {
            throw AccessRefusal.forgedForm
        }
    }

    /// The token from the header, or from the form, which then must be read here.
    private func csrf(of request: inout Request, in context: AppContext) async throws -> String {
        if let token = request.headers[.csrfToken] { return token }
        let buffer = try await request.collectBody(upTo: context.maxUploadSize)
        let form = try Form(body: buffer, contentType: request.headers[.contentType] ?? "")
        return form.sent("csrf")
    }
}

/// What went wrong while somebody was signed in.
struct FaultMet: Error {
    let error: any Error
    let by: SignedIn
}

extension Request {
    /// The token of `Authorization: Bearer …`.
    package var bearerToken: String? {
        guard let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst(7))
    }

    var isUnsafe: Bool {
        ![.get, .head, .options].contains(method)
    }
}

extension HTTPField.Name {
    fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .via
}
