import Synchronization
import Values

/// Bounds how many chats one address may begin, so that a script cannot fill the queues.
///
/// Kept in memory on purpose: it protects this server, and forgetting it on a restart harms nobody.
final class StartLimit: Sendable {
    private let perMinute: Int
    private let begun = Mutex<[String: [Moment]]>([:])

    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    /// - Throws: `TooManyStarts` when this address has begun too many within a minute.
    func note(_ address: String, at now: Moment) throws {
        try begun.withLock { begun in
            if begun.count > 10_000 { begun = begun.filter { ($0.value.last ?? .earliest) > now - .minutes(1) } }
            let recent = (begun[address] ?? []).filter { $0 > now - .minutes(1) }
            guard recent.count < perMinute else { throw TooManyStarts() }
            begun[address] = recent + [now]
        }
    }
}

/// Too many chats were begun from one place.
struct TooManyStarts: Refusal, Equatable {
    var sentence: String {
        "Too many chats were started from your network just now. Please wait a minute and try again."
    }
    var kind: RefusalKind { .tooMany(retryAfter: .seconds(60)) }
}
