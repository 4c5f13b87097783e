import Synchronization

/// What a bell is about: one adviser's desk, one chat, one board. Features name their own topics.
package struct Topic: Hashable, Sendable {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }
}

/// The bells of one server: a bell per topic says that something changed, not what.
///
/// A listener hears one ring at once and then at least one after every change; rings that come while it is busy
/// melt into one. So a listener reads what is new since its last look, whether it has just come, come back or
/// stayed: nothing to order, nothing to buffer, nothing lost. Who is new subscribes before its first read by
/// construction, because the first ring is that read.
package final class Bells: Sendable {
    private struct Listeners {
        var byTopic: [Topic: [UInt64: AsyncStream<Void>.Continuation]] = [:]
        var next: UInt64 = 0
    }

    private let listeners = Mutex(Listeners())

    package init() {}

    /// Rings once at the start, then at least once after every change of any of the topics.
    package func rings(for topics: Topic...) -> AsyncStream<Void> {
        rings(for: topics)
    }

    /// Rings once at the start, then at least once after every change of any of the topics.
    package func rings(for topics: [Topic]) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { listener in
            let number = listeners.withLock { listeners in
                listeners.next += 1
                for topic in topics { listeners.byTopic[topic, default: [:]][listeners.next] = listener }
                return listeners.next
            }
            listener.onTermination = { [weak self] _ in self?.forget(number, topics) }
            listener.yield()
        }
    }

    /// Rings the bells of these topics: everyone who listens looks for what is new.
    package func ring(_ topics: some Sequence<Topic>) {
        listeners.withLock { listeners in
            for topic in topics {
                guard let hearing = listeners.byTopic[topic] else { continue }
                for listener in hearing.values { listener.yield() }
            }
        }
    }

    /// Rings every bell, when what was rung may have been missed.
    package func ringEverything() {
        listeners.withLock { listeners in
            for hearing in listeners.byTopic.values {
                for listener in hearing.values { listener.yield() }
            }
        }
    }

    /// How many listen to this topic here: an adviser with her desk open, a customer with his chat.
    package func listeners(to topic: Topic) -> Int {
        listeners.withLock { $0.byTopic[topic]?.count ?? 0 }
    }

    /// How many listen to anything here.
    package var count: Int {
        listeners.withLock { Set($0.byTopic.values.flatMap(\.keys)).count }
    }

    private func forget(_ number: UInt64, _ topics: [Topic]) {
        listeners.withLock { listeners in
            for topic in topics {
                listeners.byTopic[topic]?[number] = nil
                if listeners.byTopic[topic]?.isEmpty == true { listeners.byTopic[topic] = nil }
            }
        }
    }
}
