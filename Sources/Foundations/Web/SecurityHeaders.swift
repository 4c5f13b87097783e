import HTTPTypes
import Hummingbird

/// What browsers are told to refuse on our pages.
package struct SecurityHeaders: Sendable {
    /// Other sites that may show the customer's chat in a frame: `https://www.example.org`.
    let embeddingOrigins: [String]
    /// True when the product is reached by HTTPS.
    let isSecure: Bool

    package init(embeddingOrigins: [String], isSecure: Bool) {
        self.embeddingOrigins = embeddingOrigins
        self.isSecure = isSecure
    }

    func apply(to response: inout Response, for request: Request) {
        let isChat = request.uri.path.hasPrefix("/chat")
        let ancestors =
            isChat && !embeddingOrigins.isEmpty ? "'self' " + embeddingOrigins.joined(separator: " ") : "'self'"
        response.headers[.contentSecurityPolicy] =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors \(ancestors)"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if !isChat { response.headers[.xFrameOptions] = "SAMEORIGIN" }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .via
    fileprivate static let permissionsPolicy = HTTPField.Name("Permissions-Policy") ?? .via
    fileprivate static let xFrameOptions = HTTPField.Name("X-Frame-Options") ?? .via
}
