import TestKit
import Testing

@testable import People

@Suite struct PasswordTests {
    @Test(arguments: [
        ("short word", PasswordRefusal.tooShort), ("password1234", .common), ("Welcome-2026!", .common),
        ("P@ssw0rd2026", .common), ("qwertyuiop12", .common), ("123456789012", .common), ("abababababab", .common),
        ("abcdefghijkl", .common), ("Summer2026Summer", .common), ("touchdown2026", .common),
        ("aaaaaaaaaaaaa", .common), ("1q2w3e4r5t6y", .common), ("amina likes tea!", .containsOwnName),
        ("tea and 100001 biscuits", .containsOwnName),
    ])
    func `a password that others would try first is refused`(password: String, refusal: PasswordRefusal) {
        #expect(throws: refusal) { try Password.check(password, for: .amina) }
    }

    @Test func `a password of more than a kilobyte is refused`() {
        let long = String(repeating: "seven herons ", count: 100)
        #expect(throws: PasswordRefusal.tooLong) { try Password.check(long, for: .amina) }
    }

    @Test(arguments: ["seven quiet herons wade", "de regenboog fluistert", "kX9#vLq2!mTz", "drei Äpfel im Nebel"])
    func `four words that do not belong together are accepted`(password: String) throws {
        try Password.check(password, for: .amina)
    }

    @Test func `a hash is salted, encoded with its cost, and matched by its password alone`() throws {
        let first = try PasswordHash(of: "seven herons", cost: .least, salt: Array(0..<16))
        let second = try PasswordHash(of: "seven herons", cost: .least, salt: Array(1..<17))

        #expect(first != second)
        #expect(first.encoded.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(first.matches("seven herons") && second.matches("seven herons"))
        #expect(!first.matches("seven heron") && !first.matches(""))
        #expect(first.costs(.least) && !first.costs(HashCost()))
    }

    @Test func `a password typed with combining accents is the same password`() throws {
        let hash = try PasswordHash(of: "caf\u{E9} au lait noir", cost: .least, salt: Array(0..<16))
        #expect(hash.matches("cafe\u{301} au lait noir"))
    }

    @Test func `the standing cost is the one that is promised`() throws {
        let hash = try PasswordHash(of: "seven herons", cost: HashCost(), salt: Array(0..<16))
        #expect(hash.encoded.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    }
}
