import Foundation
import HTTPTypes
import Hummingbird
import People
import Storage
import Values

/// The pages and addresses by which people sign in and out and change their password.
struct SignInRoutes: Sendable {
    let store: Store
    let signIn: SignIn
    let pages: Pages
    let now: @Sendable () -> Moment
    let isSecure: Bool

    func addRoutes(to router: Router<AppContext>) {
        router.get("sign-in", use: form)
        router.post("sign-in", use: enter)
        router.post("sign-out", use: leave)
        router.get("account", use: account)
        router.post("account/password", use: changePassword)
        router.post("account/sign-out-everywhere", use: leaveEverywhere)
        router.post("account/sessions/:session/ending", use: endOther)
        router.post("api/v1/sessions", use: makeSession)
        router.get("api/v1/sessions/current", use: session)
        router.delete("api/v1/sessions/current", use: endSession)
        router.put("api/v1/account/password", use: replacePassword)
    }

    /// GET sign-in
    private func form(request: Request, context: AppContext) throws -> Response {
        if let signedIn = context.signedIn { return .seeOther(landing(signedIn, request.query("next") ?? "")) }
        let page = SignInPage(next: request.query("next"))
        return try pages.html(page, to: request, in: context)
    }

    /// POST sign-in
    private func enter(request: Request, context: AppContext) async throws -> Response {
        var form = try await Form(of: request, in: context)
        let next = form.sent("next")
        do {
            let (username, password) = try Self.credentials(&form)
            let (token, signedIn) = try await signIn.signIn(
                username: username, password: password, from: context.address, request: context.requestID)
            var response = Response.seeOther(signedIn.mustChangePassword ? "/account" : landing(signedIn, next))
            response.setCookie(cookie(token))
            return response
        } catch let refusal as any Refusal {
            let page = SignInPage(next: next, username: form.sent("username"), refusal: refusal)
            return try pages.html(page, to: request, in: context, status: refusal.kind.status)
        }
    }

    /// POST sign-out
    private func leave(request: Request, context: AppContext) async throws -> Response {
        if let page = try await asking(request, context) { return page }
        if let token = request.cookies[SessionGate.cookie]?.value {
            let leavesWork = try await Form(of: request, in: context).sent("anyhow") == "yes"
            try await signIn.signOut(
                token, leavesWork: leavesWork, address: context.address, request: context.requestID)
        }
        return .seeOther("/sign-in", saying: .signedOut).forgettingSession
    }

    /// A page that asks before somebody signs out of work that is not done; nil when there is none, or it was asked.
    private func asking(_ request: Request, _ context: AppContext) async throws -> Response? {
        guard let signedIn = context.signedIn, context.credential == .cookie,
            try await Form(of: request, in: context).sent("anyhow").isEmpty,
            let sentence = try await signIn.leftBehind(by: signedIn.person.id)
        else { return nil }
        let page = SignOutPage(
            action: request.uri.path, sentence: sentence, firstPage: signedIn.person.firstPage)
        return try pages.html(page, to: request, in: context, status: .conflict)
    }

    /// GET account
    private func account(request: Request, context: AppContext) async throws -> Response {
        try await showAccount(request, context, refusal: nil)
    }

    private func showAccount(
        _ request: Request, _ context: AppContext, refusal: (any Refusal)?
    ) async throws -> Response {
        let signedIn = try context.holder()
        let now = now()
        let page = try await store.read { try AccountPage(signedIn, at: now, refusal: refusal, in: $0) }
        return try pages.html(page, to: request, in: context, status: refusal?.kind.status ?? .ok)
    }

    /// POST account/password
    private func changePassword(request: Request, context: AppContext) async throws -> Response {
        let signedIn = try context.holder()
        var form = try await Form(of: request, in: context)
        let present = form.secret("present", "your present password")
        let new = form.secret("password", "a new password")
        do {
            try form.check()
            let (token, _) = try await signIn.changePassword(
                signedIn, old: present, new: new, act: context.act(at: now()))
            let next = signedIn.mustChangePassword ? signedIn.person.firstPage : "/account"
            var response = Response.seeOther(next, saying: .passwordChanged)
            response.setCookie(cookie(token))
            return response
        } catch let refusal as any Refusal {
            return try await showAccount(request, context, refusal: refusal)
        }
    }

    /// POST account/sessions/:session/ending
    private func endOther(request: Request, context: AppContext) async throws -> Response {
        let person = try context.holder().person
        let session = try context.parameters.require("session", as: Session.ID.self)
        let act = context.act(at: now())
        try await store.write { try Session.end(session, of: person.id, by: act, in: $0) }
        return .seeOther("/account", saying: .saved)
    }

    /// POST account/sign-out-everywhere
    private func leaveEverywhere(request: Request, context: AppContext) async throws -> Response {
        if let page = try await asking(request, context) { return page }
        try await signIn.signOutEverywhere(try context.holder().person.id, by: context.act(at: now()))
        return .seeOther("/sign-in", saying: .signedOutEverywhere).forgettingSession
    }

    /// POST api/v1/sessions
    private func makeSession(request: Request, context: AppContext) async throws -> Response {
        var form = try await Form(of: request, in: context)
        let (username, password) = try Self.credentials(&form)
        let (token, signedIn) = try await signIn.signIn(
            username: username, password: password, from: context.address, request: context.requestID)
        return try .json(SessionAnswer(signedIn, token: token, expiresAt: signIn.end(of: signedIn)), status: .created)
    }

    /// GET api/v1/sessions/current
    private func session(request: Request, context: AppContext) throws -> Response {
        let signedIn = try context.holder()
        return try .json(SessionAnswer(signedIn, token: nil, expiresAt: signIn.end(of: signedIn)))
    }

    /// PUT api/v1/account/password: the token of before ends soon, with all other sessions.
    private func replacePassword(request: Request, context: AppContext) async throws -> Response {
        let holder = try context.holder()
        var form = try await Form(of: request, in: context)
        let present = form.secret("present", "your present password")
        let new = form.secret("password", "a new password")
        try form.check()
        let (token, signedIn) = try await signIn.changePassword(
            holder, old: present, new: new, act: context.act(at: now()))
        var response = try Response.json(SessionAnswer(signedIn, token: token, expiresAt: signIn.end(of: signedIn)))
        if context.credential == .cookie { response.setCookie(cookie(token)) }
        return response
    }

    /// DELETE api/v1/sessions/current
    private func endSession(request: Request, context: AppContext) async throws -> Response {
        _ = try context.holder()
        guard let token = request.bearerToken ?? request.cookies[SessionGate.cookie]?.value else {
            throw AccessRefusal.notSignedIn
        }
        try await signIn.signOut(token, address: context.address, request: context.requestID)
        return .noContent
    }

    private static func credentials(_ form: inout Form) throws -> (String, String) {
        let username = form.line("username", "your username", upTo: 100)
        let password = form.secret("password", "your password")
        try form.check()
        return (username, password)
    }

    private func cookie(_ token: String) -> Cookie {
        Cookie(name: SessionGate.cookie, value: token, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    private func landing(_ signedIn: SignedIn, _ next: String) -> String {
        next.isEmpty ? signedIn.person.firstPage : safe(next)
    }

    /// Only to a page of ours: never to another site, whatever the address said. Browsers drop tabs and line ends from
    /// an address and take a backslash for a slash, so none of them is let through.
    private func safe(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"),
            next.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return next
    }
}

extension Response {
    /// The browser forgets who was here: the cookie, and the drafts that lie in its storage.
    fileprivate var forgettingSession: Response {
        var response = self
        response.setCookie(
            Cookie(name: SessionGate.cookie, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .lax))
        response.headers[.clearSiteData] = "\"storage\""
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let clearSiteData = HTTPField.Name("Clear-Site-Data") ?? .via
}

extension Person {
    /// Where she starts work.
    var firstPage: String {
        let pages: [(Permission, String)] = [
            (.workDesk, "/desk"), (.manageStaff, "/staff"), (.watchBoard, "/board"), (.readAudit, "/audit"),
            (.manageWorkplace, "/staff"), (.readReports, "/reports"), (.useDirectory, "/staff"),
        ]
        return pages.first { may($0.0) }?.1 ?? "/account"
    }
}
