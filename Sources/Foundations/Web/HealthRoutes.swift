import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage
import Synchronization
import Values

/// For those who watch the server: is it well, and what does it do.
struct HealthRoutes: Sendable {
    let store: Store
    let metrics: Metrics
    let now: @Sendable () -> Moment
    /// Since when somebody has been asking the database.
    let asking = Asking()

    final class Asking: Sendable {
        private let since = Mutex<Moment?>(nil)

        func withLock<Result: Sendable>(_ body: (inout sending Moment?) -> sending Result) -> Result {
            since.withLock(body)
        }
    }

    /// A database that takes longer is as good as none.
    private static let patience = Duration.seconds(3)

    func addRoutes(to router: Router<AppContext>) {
        router.get("health", use: health)
        router.get("metrics", use: numbers)
    }

    private struct Health: Encodable {
        let status: String
        let database: String
    }

    /// GET health: 200 when the database answers, otherwise 503.
    ///
    /// A database that neither answers nor refuses holds up whoever asks it first; all others are told at once.
    private func health(request: Request, context: AppContext) async throws -> Response {
        let began = now()
        let isHeldUp = asking.withLock { since in
            if let since, began - since > Self.patience { return true }
            since = since ?? began
            return false
        }
        if isHeldUp { return try ill() }
        defer { asking.withLock { $0 = nil } }
        do {
            _ = try await store.read { try $0.row("SELECT 1 AS one") }
            return try .json(Health(status: "ok", database: store.dialect.rawValue))
        } catch {
            context.logger.error("The database does not answer", metadata: ["error": "\(error)"])
            return try ill()
        }
    }

    private func ill() throws -> Response {
        try .json(
            Health(status: "database does not answer", database: store.dialect.rawValue), status: .serviceUnavailable)
    }

    /// GET metrics
    private func numbers(request: Request, context: AppContext) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: await metrics.exposition())))
    }
}
