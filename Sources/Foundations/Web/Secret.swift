import Crypto
import Foundation

/// Tokens that open a door: made of chance, of which only the hash is kept.
package enum Secret {
    /// Where chance comes from.
    package struct Source: Sendable {
        private let bytes: @Sendable (Int) -> [UInt8]

        package init(_ bytes: @escaping @Sendable (Int) -> [UInt8]) {
            self.bytes = bytes
        }

        /// 264 bits, as 44 letters that fit into addresses and cookies: one more than a session's token has, so that
        /// a customer's request is not looked for among the sessions first.
        package func make() -> String {
            Data(bytes(33)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }
    }

    /// What is stored in its place. The token is random through and through, so one pass of SHA-256 suffices.
    package static func hash(of token: String) -> String {
        SHA256.hash(data: Data(token.utf8)).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Compares in a time that does not tell where they differ.
    package static func matches(_ token: String, hash: String) -> Bool {
        let shown = Array(self.hash(of: token).utf8), known = Array(hash.utf8)
        guard shown.count == known.count else { return false }
        return zip(shown, known).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
