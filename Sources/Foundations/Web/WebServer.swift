import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import People
import ServiceLifecycle
import Storage
import Values

/// The web side of the running system: all features behind one sign-in, one look and one set of protections.
package struct WebServer: Sendable {
    /// Where and how it is reached.
    package struct Settings: Sendable {
        package var host = "127.0.0.1"
        package var port = 8080
        /// The name of the public body, shown on all pages.
        package var body = "Touchdown"
        package var isSecure = false
        package var trustedProxies: Set<String> = []
        package var embeddingOrigins: [String] = []
        /// The folder of Debian's libjs-chart.js.
        package var chartFolder = "/usr/share/javascript/chart.js"
        /// Of further ones the system's queue keeps some until others close.
        package var mostConnections = 10_000

        package init() {}
    }

    /// How long a connection may be silent while no answer is under way: half a request, or none. Live views are answers under way.
    private static let idle = TimeAmount.seconds(75)

    private let settings: Settings
    private let store: Store
    private let signIn: SignIn
    private let metrics: Metrics
    private let now: @Sendable () -> Moment
    private let assets: Assets
    package let pages: Pages
    package let description: APIDescription

    /// Reads templates and assets of these targets.
    ///
    /// - Throws: `ResourceFault`, `TemplateFault`.
    package init(
        _ settings: Settings, store: Store, signIn: SignIn, metrics: Metrics, now: @escaping @Sendable () -> Moment,
        targets: [String], links: [Link]
    ) throws {
        self.settings = settings
        self.store = store
        self.signIn = signIn
        self.metrics = metrics
        self.now = now
        var folders: [String: URL] = [:]
        var templates: [URL] = []
        for target in ["Web"] + targets {
            let folder = try Resources.folder(of: target)
            folders[target.lowercased()] = folder.appending(path: "Assets")
            templates.append(folder.appending(path: "Templates"))
        }
        description = try APIDescription(folders: Array(folders.values))
        if FileManager.default.fileExists(atPath: settings.chartFolder) {
            folders["chart"] = URL(filePath: settings.chartFolder)
        }
        assets = try Assets(folders)
        pages = try Pages(
            templates: templates, appearance: .init(body: settings.body, links: links, assets: assets.prefix))
    }

    /// All addresses of these features and of the foundations; other methods at the same addresses are refused by name.
    package func router(_ features: [any Feature]) -> Router<AppContext> {
        let router = routes(features)
        for (path, there) in Dictionary(grouping: router.routes, by: \.path.description) {
            let allowed = there.map(\.method)
            for method in WrongMethod.known where !allowed.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in throw WrongMethod(allowed: allowed) }
            }
        }
        return router
    }

    /// The addresses that are answered, and nothing besides.
    package func routes(_ features: [any Feature]) -> Router<AppContext> {
        let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            RequestLog(
                pages: pages, metrics: metrics,
                security: SecurityHeaders(embeddingOrigins: settings.embeddingOrigins, isSecure: settings.isSecure),
                trustedProxies: settings.trustedProxies)
            SessionGate(signIn: signIn, isSecure: settings.isSecure)
            SingleFields()
        }
        assets.addRoutes(to: router)
        description.addRoutes(to: router)
        SignInRoutes(store: store, signIn: signIn, pages: pages, now: now, isSecure: settings.isSecure)
            .addRoutes(to: router)
        HealthRoutes(store: store, metrics: metrics, now: now).addRoutes(to: router)
        for feature in features { feature.addRoutes(to: router) }
        return router
    }

    /// The server with everything that runs beside it, ready to run.
    package func application(
        _ features: [any Feature], logger: Logger, onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> Application<RouterResponder<AppContext>> {
        var application = Application(
            router: router(features),
            server: .http1(configuration: .init(idleTimeout: Self.idle)),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 4_096,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.mostConnections)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
            logger: logger)
        application.addServices([Heartbeat(bells: store.bells)] + features.flatMap(\.services))
        return application
    }
}
