import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import People
import Storage
import Values

/// An error as a program sees it (RFC 9457).
package struct Problem: Encodable, Sendable {
    package let type: String
    package let title: String
    package let status: Int
    package let detail: String
    /// The request's id, by which the operator finds it in the log.
    package let instance: String
    package let errors: [Field]?

    /// What is wrong with one field of what was sent.
    package struct Field: Encodable, Sendable, Equatable {
        package let field: String
        package let message: String

        package init(_ field: String, _ message: String) {
            self.field = field
            self.message = message
        }
    }

    /// The problem that an error is: a refusal is explained, a fault is only numbered, and logged here, once.
    init(_ error: any Error, in context: AppContext) {
        switch error {
        case let refusal as FormRefusal:
            let errors = refusal.errors.isEmpty ? nil : refusal.errors
            self.init(refusal.kind.status, refusal.sentence, in: context, errors: errors)
        case let refusal as any Refusal:
            self.init(refusal.kind.status, refusal.sentence, in: context)
        case let known as any HTTPResponseError:
            self.init(known.status, Problem.sentence(for: known), in: context)
        case StorageFault.unreachable:
            context.logger.error("The database cannot be reached", metadata: ["error": "\(error)"])
            self.init(
                .serviceUnavailable, "The database cannot be reached just now. Please try again soon.", in: context)
        case StorageFault.contended:
            context.logger.error("Other writes were in the way", metadata: ["error": "\(error)"])
            self.init(
                .serviceUnavailable, "Too much was being written at once, so nothing was saved. Please try again.",
                in: context)
        case is HTTPParserError:
            // A bad line is nobody's fault; hardly anybody is there to read this.
            self.init(.badRequest, "The line broke off before everything had been sent. Send it again.", in: context)
        case is CancellationError:
            self.init(.serviceUnavailable, "The server is stopping. Please try again in a moment.", in: context)
        default:
            context.logger.error("Fault", metadata: ["error": "\(String(reflecting: error))"])
            self.init(
                .internalServerError,
                "Something went wrong on our side. It has been noted under \(context.requestID).", in: context)
        }
    }

    init(
        _ status: HTTPResponse.Status, _ detail: String, in context: AppContext, errors: [Field]? = nil
    ) {
        type = "about:blank"
        title = status.reasonPhrase
        self.status = status.code
        self.detail = detail
        instance = context.requestID
        self.errors = errors
    }

    /// What a form shows again after a refusal: the faults of its fields, or the whole refusal at one of them.
    package static func fields(of refusal: (any Refusal)?, otherwise field: String) -> [Field] {
        guard let refusal else { return [] }
        return (refusal as? FormRefusal)?.errors ?? [Field(field, refusal.sentence)]
    }

    /// The first fault of each field, to stand at its input.
    package static func byField(_ errors: [Field]) -> [String: String] {
        Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
    }

    /// Hummingbird's own refusals, in our words.
    private static func sentence(for error: any HTTPResponseError) -> String {
        switch error.status {
        case .notFound: return AccessRefusal.notFound.sentence
        case .contentTooLarge: return "This is larger than the server accepts."
        case .unsupportedMediaType: return "The content type of this request is not understood here."
        case .methodNotAllowed: return "This address does not answer to this method."
        // What Hummingbird says itself names types of our code.
        default: return "This request could not be understood."
        }
    }

    var asJSON: Response {
        get throws {
            Response(
                status: .init(code: status, reasonPhrase: title),
                headers: [.contentType: "application/problem+json", .cacheControl: "no-store"],
                body: .init(byteBuffer: try JSON.bytes(of: self)))
        }
    }
}

/// An error as a person sees it.
struct ErrorPage: Page {
    static let template = "error"
    let title: String
    let heading: String
    let sentence: String
    let requestID: String
    /// Enough of it to say on the telephone: its end, for the beginnings of one server's numbers are all the same.
    let shortID: String
    let back: Back

    struct Back: Encodable, Sendable { let address, label: String }

    init(_ problem: Problem, for signedIn: SignedIn? = nil) {
        heading =
            switch problem.status {
            case 404: "Page not found"
            case 401, 403: "Not allowed"
            case 429: "Too many tries"
            case 500...: "Something went wrong"
            default: "That did not work"
            }
        title = heading
        sentence = problem.detail
        requestID = problem.instance
        shortID = String(requestID.suffix(8))
        back =
            switch signedIn {
            case nil: Back(address: "/", label: "Go to the start page")
            case let signedIn? where signedIn.mustChangePassword: Back(address: "/account", label: "Your account")
            case let signedIn?: Back(address: signedIn.person.firstPage, label: "Back to your first page")
            }
    }
}

extension RefusalKind {
    package var status: HTTPResponse.Status {
        switch self {
        case .invalid: .unprocessableContent
        case .conflict: .conflict
        case .notFound: .notFound
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .tooLarge: .contentTooLarge
        case .unsupportedType: .unsupportedMediaType
        case .tooMany: .tooManyRequests
        case .noRoom: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .unavailable: .serviceUnavailable
        }
    }
}
