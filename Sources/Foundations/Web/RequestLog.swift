import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Values

/// The outermost layer: gives each request its number, turns errors into answers, adds the headers that protect
/// browsers, counts, and writes one line to the log.
struct RequestLog: RouterMiddleware {
    let pages: Pages
    let metrics: Metrics
    let security: SecurityHeaders
    /// Addresses of proxies whose X-Forwarded-For is believed.
    let trustedProxies: Set<String>

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = context.id
        context.address = address(of: request, in: context)
        var response: Response
        do {
            response = try await next(request, context)
        } catch let met as FaultMet {
            context.signedIn = met.by
            response = try answer(to: met.error, request, context)
        } catch {
            response = try answer(to: error, request, context)
        }
        security.apply(to: &response, for: request)
        response.headers[.requestID] = context.requestID
        note(request, response, context, ContinuousClock.now - start)
        // What follows the head would be taken for the next answer on the same line, also after an error.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(to error: any Error, _ request: Request, _ context: AppContext) throws -> Response {
        if let refusal = error as? AccessRefusal, let way = refusal.wayOut(of: request) { return .seeOther(way) }
        let problem = Problem(error, in: context)
        var response =
            request.prefersJSON
            ? try problem.asJSON
            : try pages.html(
                ErrorPage(problem, for: context.signedIn), to: request, in: context, status: .init(code: problem.status)
            )
        if let refusal = error as? any Refusal, case .tooMany(let pause) = refusal.kind {
            response.headers[.retryAfter] = String(max(1, Int(pause.inSeconds.rounded(.up))))
        }
        if let wrong = error as? WrongMethod { response.headers[.allow] = wrong.headers[.allow] }
        return response
    }

    private func address(of request: Request, in context: AppContext) -> String {
        guard trustedProxies.contains(context.address), let forwarded = request.headers[.forwardedFor] else {
            return context.address
        }
        for hop in forwarded.split(separator: ",").reversed() {
            // What is no address was not put there by a proxy that is to be believed.
            guard let address = NetworkAddress.plain(hop.trimmingCharacters(in: .whitespaces)) else { break }
            if !trustedProxies.contains(address) { return address }
        }
        return context.address
    }

    private func note(_ request: Request, _ response: Response, _ context: AppContext, _ duration: Duration) {
        let route = context.endpointPath ?? "unknown"
        metrics.count(
            "http_requests_total",
            ["method": request.method.rawValue, "route": route, "status": String(response.status.code)])
        metrics.observe("http_request_duration_seconds", ["route": route], duration)
        context.logger.log(
            level: response.status.code >= 500 ? .error : .info, "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)",
                "status": "\(response.status.code)", "milliseconds": "\(duration.milliseconds)",
                "address": "\(context.address)",
            ])
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-ID") ?? .via
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
    static let csrfToken = HTTPField.Name("X-CSRF-Token") ?? .via
}

extension Request {
    /// The path with the query, as they were asked for.
    fileprivate var wholePath: String {
        uri.query.map { "\(uri.path)?\($0)" } ?? uri.path
    }
}

extension String {
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")

    /// As the value of one field of a query.
    fileprivate var inQuery: String {
        addingPercentEncoding(withAllowedCharacters: String.plain) ?? ""
    }
}

extension AccessRefusal {
    /// The page on which a person mends what keeps her from this one.
    fileprivate func wayOut(of request: Request) -> String? {
        guard !request.prefersJSON, [.get, .head].contains(request.method) else { return nil }
        switch self {
        case .notSignedIn: return "/sign-in?next=\(request.wholePath.inQuery)"
        case .passwordGiven: return "/account"
        case .notAllowed, .notFound, .forgedForm: return nil
        }
    }
}
