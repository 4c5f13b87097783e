import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage

/// For those who watch the server: is it well, and what does it do.
struct HealthRoutes: Sendable {
    let store: Store
    let metrics: Metrics

    func addRoutes(to router: Router<AppContext>) {
        router.get("health", use: health)
        router.get("metrics", use: numbers)
    }

    private struct Health: Encodable {
        let status: String
        let database: String
    }

    /// GET health: 200 when the database answers, otherwise 503.
    private func health(request: Request, context: AppContext) async throws -> Response {
        do {
            _ = try await store.read { try $0.row("SELECT 1 AS one") }
            return try .json(Health(status: "ok", database: store.dialect.rawValue))
        } catch {
            context.logger.error("The database does not answer", metadata: ["error": "\(error)"])
            return try .json(
                Health(status: "database does not answer", database: store.dialect.rawValue),
                status: .serviceUnavailable)
        }
    }

    /// GET metrics
    private func numbers(request: Request, context: AppContext) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: await metrics.exposition())))
    }
}
