import CArgon2
import Foundation
import Values

/// How much one hash of a password costs. The standing values follow OWASP: 19 MiB, two passes, one lane, about 50 ms.
package struct HashCost: Hashable, Sendable {
    /// KiB of memory.
    package var memory: UInt32
    package var passes: UInt32
    package var lanes: UInt32

    package init(memory: UInt32 = 19_456, passes: UInt32 = 2, lanes: UInt32 = 1) {
        self.memory = memory
        self.passes = passes
        self.lanes = lanes
    }

    /// The least that libargon2 takes, for tests that sign in often.
    package static let least = HashCost(memory: 8, passes: 1, lanes: 1)
}

/// A password's argon2id hash in the PHC form `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
struct PasswordHash: Hashable, Sendable {
    let encoded: String

    init(encoded: String) {
        self.encoded = encoded
    }

    /// Hashes a password. The salt has 16 random bytes.
    init(of password: String, cost: HashCost, salt: [UInt8]) throws {
        let bytes = PasswordHash.bytes(of: password)
        let length = argon2_encodedlen(
            cost.passes, cost.memory, cost.lanes, UInt32(salt.count), PasswordHash.length, Argon2_id)
        var text = [CChar](repeating: 0, count: length)
        let outcome = argon2id_hash_encoded(
            cost.passes, cost.memory, cost.lanes, bytes, bytes.count, salt, salt.count, Int(PasswordHash.length), &text,
            length)
        guard outcome == ARGON2_OK.rawValue else { throw HashFault(code: outcome) }
        encoded = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func matches(_ password: String) -> Bool {
        let bytes = PasswordHash.bytes(of: password)
        return argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue
    }

    /// Whether it was made at this cost; otherwise it is made anew when its password is next heard.
    func costs(_ cost: HashCost) -> Bool {
        encoded.hasPrefix("$argon2id$v=19$m=\(cost.memory),t=\(cost.passes),p=\(cost.lanes)$")
    }

    private static let length: UInt32 = 32

    /// NFC, as RFC 8265 asks: the same password from two keyboards is the same bytes.
    private static func bytes(of password: String) -> [UInt8] {
        Array(password.precomposedStringWithCanonicalMapping.utf8)
    }
}

/// libargon2 could not hash, most likely for want of memory.
struct HashFault: Error, Equatable {
    let code: Int32
}
