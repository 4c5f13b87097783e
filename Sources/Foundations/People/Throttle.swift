import Crypto
import Foundation

import Storage
import Values

/// How patient we are with wrong tries: some are free, then each makes the next wait twice as long, up to a limit.
package struct Patience: Hashable, Sendable {
    package var free: Int
    package var first: Duration
    package var longest: Duration

    package init(free: Int, first: Duration, longest: Duration) {
        self.free = free
        self.first = first
        self.longest = longest
    }

    /// How long after the last of so many wrong tries the next is heard.
    func wait(after wrong: Int) -> Duration {
        guard wrong >= free else { return .zero }
        let doublings = min(wrong - free, 30)
        return min(longest, first * (1 << doublings))
    }
}

/// Whom a wrong try is counted against, known only by a hash: people type passwords into the wrong field.
struct TrySubject: Hashable, Sendable {
    let name: String
    let patience: Patience

    private init(_ parts: [String], _ patience: Patience) {
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        name = Hex.text(SHA256.hash(data: Array(text.utf8)).prefix(16))
        self.patience = patience
    }

    /// This username from this address. A usual address is forgiven sooner, and answers for itself alone.
    static func pair(_ username: String, _ address: String, isUsual: Bool, _ settings: SignIn.Settings) -> TrySubject {
        TrySubject(["pair", username, address], isUsual ? settings.usual : settings.pair)
    }

    static func account(_ username: String, _ settings: SignIn.Settings) -> TrySubject {
        TrySubject(["account", username], settings.account)
    }

    static func address(_ address: String, _ settings: SignIn.Settings) -> TrySubject {
        TrySubject(["address", address], settings.address)
    }

    static func passwordChange(_ person: Person.ID, _ settings: SignIn.Settings) -> TrySubject {
        TrySubject(["change", "\(person)"], settings.pair)
    }
}

/// The counting of wrong tries.
///
/// A try is counted as wrong before its password is looked at, and taken back when it was right: a thousand tries at
/// once get no more looks than one after another. A try that is refused here is not counted, so reloading does no harm.
package enum Throttle {
    /// Counts a try against all of these, or refuses it for as long as the slowest of them says.
    static func claim(
        _ subjects: [TrySubject], at now: Moment, forgetAfter: Duration, in transaction: Transaction
    ) throws {
        var opens = now
        for subject in subjects {
            let row = try transaction.row("SELECT wrong, last_at FROM sign_in_try WHERE subject = \(subject.name)")
            guard let row else { continue }
            // Tries that came at once are written in any order, and clocks are set back: the last may be later than this one.
            let last = min(try row.value("last_at", as: Moment.self), now)
            guard now - last < forgetAfter else { continue }
            let wait = subject.patience.wait(after: try row.value("wrong"))
            if wait > .zero { opens = max(opens, last + wait) }
        }
        guard opens <= now else { throw SignInRefusal.tooMany(retryAfter: opens - now) }
        for subject in subjects {
            try transaction.run(
                """
                INSERT INTO sign_in_try (subject, wrong, last_at) VALUES (\(subject.name), 1, \(now))
                ON CONFLICT (subject) DO UPDATE SET last_at = excluded.last_at,
                    wrong = CASE WHEN sign_in_try.last_at <= \(now - forgetAfter) THEN 1 ELSE sign_in_try.wrong + 1 END
                """)
        }
    }

    /// Takes the try back: it was right. The first subject starts afresh, the others lose this one try.
    static func forgive(_ subjects: [TrySubject], in transaction: Transaction) throws {
        guard let own = subjects.first else { return }
        try transaction.run("DELETE FROM sign_in_try WHERE subject = \(own.name)")
        try takeBack(Array(subjects.dropFirst()), in: transaction)
    }

    /// Takes the try back: it was not looked at.
    static func takeBack(_ subjects: [TrySubject], in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE sign_in_try SET wrong = wrong - 1
            WHERE subject IN \(anyOf: subjects.map(\.name)) AND wrong > 0
            """)
    }

    /// The part of an address that its holder cannot change at will: all of IPv4, the first 64 bits of IPv6.
    package static func stem(of address: String) -> String {
        let text = address.prefix(64).lowercased()
        guard text.contains(":"), !text.contains(".") else { return text }
        let halves = text.split(separator: "%")[0].components(separatedBy: "::")
        var groups = halves[0].split(separator: ":").map(String.init)
        if halves.count > 1 {
            let tail = halves[1].split(separator: ":").map(String.init)
            groups += Array(repeating: "0", count: max(0, 8 - groups.count - tail.count)) + tail
        }
        if groups.isEmpty { return text }
        return groups.prefix(4).map { String(UInt16($0, radix: 16) ?? 0, radix: 16) }.joined(separator: ":")
    }
}
