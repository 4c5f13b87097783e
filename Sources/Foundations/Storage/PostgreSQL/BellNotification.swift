/// Topics on their way to other servers.
enum BellNotification {
    static let channel = "touchdown_bells"
    /// PostgreSQL takes less than 8,000 bytes at once.
    static let mostBytes = 7_900
    private static let separator = "\u{1E}"
    /// Instead of topics too long to be sent.
    private static let everything = ""

    static func payloads(for topics: Set<Topic>) -> [String] {
        var payloads: [String] = []
        for topic in topics.map(\.name).sorted() {
            guard topic.utf8.count < mostBytes, !topic.isEmpty, !topic.utf8.contains(0), !topic.contains(separator)
            else { return [everything] }
            if let last = payloads.last, last.utf8.count + topic.utf8.count < mostBytes {
                payloads[payloads.count - 1] = last + separator + topic
            } else {
                payloads.append(topic)
            }
        }
        return payloads
    }

    /// Nil when it means everything.
    static func topics(in payload: String) -> [Topic]? {
        payload == everything ? nil : payload.split(separator: separator).map { Topic(String($0)) }
    }
}

extension PostgreSQLConnection {
    /// Tells all servers, once this transaction has been committed, what is new.
    func notify(_ topics: Set<Topic>) throws {
        for payload in BellNotification.payloads(for: topics) {
            _ = try rows("SELECT pg_notify('\(BellNotification.channel)', $1)", [.text(payload)])
        }
    }
}
