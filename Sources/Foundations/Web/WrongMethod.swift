import HTTPTypes
import Hummingbird
import NIOCore

/// The address is there, but does not answer to this method: 405, with those it does answer to.
struct WrongMethod: HTTPResponseError {
    /// HEAD is left out: it is answered as GET is.
    static let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
        .compactMap { HTTPRequest.Method($0) }

    let allowed: [HTTPRequest.Method]

    var status: HTTPResponse.Status { .methodNotAllowed }
    var headers: HTTPFields { [.allow: allowed.map(\.rawValue).sorted().joined(separator: ", ")] }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        Response(status: status, headers: headers)
    }
}
