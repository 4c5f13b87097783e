import Hummingbird
import ServiceLifecycle

/// A part of the product that is useful alone: its addresses, and the work it does between requests.
package protocol Feature: Sendable {
    /// Adds this feature's addresses.
    func addRoutes(to router: Router<AppContext>)

    /// What runs as long as the server does.
    var services: [any Service] { get }

    /// What this feature puts into the navigation, in order.
    static var links: [Link] { get }
}

extension Feature {
    package var services: [any Service] { [] }
    package static var links: [Link] { [] }
}
