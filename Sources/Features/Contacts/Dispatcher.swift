import Logging
import People
import Routing
import ServiceLifecycle
import Storage
import Values

/// Brings contacts and advisers together: reads the news, lets the router decide, writes the decisions.
///
/// The tables hold the truth and the router only a picture of it. A decision counts when its transaction has claimed
/// it; where the tables have moved on meanwhile, the claim changes nothing, and the picture is drawn anew for what
/// it concerned. After a crash, or a write that failed, the whole picture is drawn anew.
struct Dispatcher: Service {
    let store: Store
    let now: @Sendable () -> Moment
    let today: @Sendable () -> Day
    let logger: Logger
    /// Where customers are told that their adviser cannot go on.
    var conversations = Conversations.none

    /// Deadlines are looked at this often; between, the bell says when there is news.
    static let tick = Duration.milliseconds(250)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await dispatch()
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("Dispatching failed; starting again from the tables", metadata: ["error": "\(error)"])
                    try await Task.sleep(for: .milliseconds(500))
                }
            }
        }
    }

    /// Routes until something goes wrong, which ends this picture of the world.
    private func dispatch() async throws {
        try await wait()
        var picture = try await Picture.drawn(from: store, today: today)
        logger.info("Dispatcher has read the tables", metadata: ["contacts": "\(picture.contacts)"])
        var paces = Paces()
        for await _ in store.bells.rings(for: .dispatch, .tick) {
            try Task.checkCancellation()
            guard try await store.hold(Dispatcher.lock) else { return }
            while try await step(&picture) {}
            let news = paces.news(of: &picture, at: now())
            if !news.isEmpty { try await store.write { try Paces.store(news, in: $0) } }
        }
    }

    /// Of several servers one routes: waits until it is this one.
    private func wait() async throws {
        while try await !store.hold(Dispatcher.lock) { try await Task.sleep(for: .milliseconds(500)) }
    }

    private static let lock = "dispatcher"

    /// One round: news in, decisions out. Says whether there may be more.
    func step(_ picture: inout Picture) async throws -> Bool {
        let news = try await store.read { [today] in try News.read(today: today(), in: $0) }
        let decisions = picture.take(news, at: now())
        if decisions.isEmpty && news.ids.isEmpty { return false }
        let isTrue = try await claim(decisions, after: news, &picture)
        return news.isFull || !isTrue
    }

    /// Writes what was decided. Says whether the tables agreed to all of it; where not, the picture is corrected.
    func claim(_ decisions: [Decision], after news: News, _ picture: inout Picture) async throws -> Bool {
        let failed = try await store.write { [now] transaction in
            try RoutingEvent.remove(news.ids, in: transaction)
            return try decisions.filter { decision in
                guard try Claim.make(decision, at: now(), in: transaction) else { return true }
                if case .requeued(let contact, _) = decision {
                    try conversations.tell(Claim.requeuedSentence, contact, now(), transaction)
                }
                return false
            }
        }
        if failed.isEmpty { return true }
        let truth = try await store.read { [today] in try Truth.read(of: failed, today: today(), in: $0) }
        picture.correct(truth, at: now())
        return false
    }
}

extension Topic {
    /// Rung by the clock, for deadlines.
    static let tick = Topic("tick")
}

/// Rings the dispatcher's clock.
struct DispatcherClock: Service {
    let bells: Bells

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Dispatcher.tick)
                bells.ring([.tick])
            }
        }
    }
}
