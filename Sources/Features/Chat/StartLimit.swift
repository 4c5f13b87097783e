import People
import Synchronization
import Values

/// Bounds how many chats one network may begin, so that a script cannot fill the queues.
///
/// Kept in memory on purpose: it protects this server, and forgetting it on a restart harms nobody.
final class StartLimit: Sendable {
    /// Starts by the stem of their address, in two generations: the younger becomes the older after a minute, or when it
    /// is full, and what was the older is dropped whole. So nothing is ever searched, and memory has a bound.
    private struct Starts {
        var young: [String: [Moment]] = [:]
        var old: [String: [Moment]] = [:]
        var turnsAt = Moment.earliest
    }

    private static let window = Duration.minutes(1)
    /// So many networks are known in one generation.
    static let mostNetworks = 10_000

    private let perMinute: Int
    private let starts = Mutex(Starts())

    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    /// How many networks it remembers something of.
    var networks: Int {
        starts.withLock { $0.young.count + $0.old.count }
    }

    /// - Throws: `TooManyStarts` when this network has begun too many within a minute.
    func note(_ address: String, at now: Moment) throws {
        let network = Throttle.stem(of: address)
        try starts.withLock { starts in
            // A clock that was set back would let what it remembers last for as long as that.
            if starts.turnsAt > now + StartLimit.window { starts = Starts() }
            if now >= starts.turnsAt || starts.young.count >= StartLimit.mostNetworks {
                starts = Starts(young: [:], old: starts.young, turnsAt: now + StartLimit.window)
            }
            let younger = starts.young[network] ?? []
            let recent = ((starts.old[network] ?? []) + younger).count { $0 > now - StartLimit.window }
            guard recent < perMinute else { throw TooManyStarts() }
            starts.young[network] = younger + [now]
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
