import Foundation
import NIOCore

/// Every page and list, as the person whose work it is, one after the other.
final class PagesScenario {
    private let load: Load
    private let rounds: Int
    private var tokens: [String: String] = [:]
    private var slow: [String] = []

    private struct View {
        let role, path: String
        let isPage: Bool
    }

    /// The last 335 days, in UTC: all that the demo body has a past for.
    private static let year: String = {
        let days = [-335, 0].map { Date(timeIntervalSinceNow: Double($0) * 86_400).ISO8601Format().prefix(10) }
        return "from=\(days[0])&to=\(days[1])"
    }()

    private static let pages = [
        ("adviser", "/desk"), ("team_leader", "/board"), ("team_leader", "/reports"),
        ("team_leader", "/reports?by=week"), ("team_leader", "/reports?by=day&\(year)"),
        ("team_leader", "/reports?by=week&queue=paye&\(year)"), ("team_leader", "/contacts"),
        ("team_leader", "/contacts?search=smith"), ("team_leader", "/contacts?search=a&state=abandoned"),
        ("team_leader", "/contacts/500"), ("team_leader", "/staff"), ("team_leader", "/staff?search=kaur"),
        ("team_leader", "/staff/500"), ("planner", "/queues"), ("planner", "/queues/1"), ("planner", "/queues/new"),
        ("planner", "/calendar"), ("planner", "/ready-replies"), ("auditor", "/audit"), ("administrator", "/staff"),
        ("administrator", "/staff/500"), ("administrator", "/customers"), ("administrator", "/customers?reference=AB1"),
        ("adviser", "/account"), ("customer", "/"), ("customer", "/chat/paye"), ("customer", "/sign-in"),
    ]
    private static let lists = [
        ("adviser", "/api/v1/desk"), ("adviser", "/api/v1/advisers?search=a"), ("customer", "/api/v1/queues"),
        ("team_leader", "/api/v1/board"), ("team_leader", "/api/v1/service-levels"),
        ("team_leader", "/api/v1/service-levels?queue=paye&target=17&\(year)"), ("team_leader", "/api/v1/reports"),
        ("team_leader", "/api/v1/reports?by=quarter-hour"), ("customer", "/health"), ("customer", "/metrics"),
    ]

    init(_ load: Load, rounds: Int) {
        self.load = load
        self.rounds = rounds
    }

    func begin() {
        let roles = ["adviser", "team_leader", "planner", "auditor", "administrator"]
        let ways = roles.compactMap { role in load.server.ways.first { $0.role == role } }
        let views =
            PagesScenario.pages.map { View(role: $0, path: $1, isPage: true) }
            + PagesScenario.lists.map { View(role: $0, path: $1, isPage: false) }
        load.each(of: ways, atOnce: 1) { [self] way, done in
            let desk = Desk(way)
            load.signIn([desk]) { [self] in
                tokens[way.role] = desk.token
                done()
            }
        } then: { [self] in
            load.each(of: views, atOnce: 1) { [self] in
                measure($0, then: $1)
            } then: { [self] in
                report()
            }
        }
    }

    private func measure(_ view: View, then: @escaping () -> Void) {
        var times = Latencies()
        var status = 0, size = 0
        let call = Call(
            path: view.path, token: tokens[view.role], accept: view.isPage ? "text/html" : "application/json")
        load.each(of: Array(0..<rounds), atOnce: 1) { [load] _, done in
            let start = nanoseconds()
            load.send(call) { answer, body in
                times.note(since: start)
                status = answer
                size = body.readableBytes
                done()
            }
        } then: { [self] in
            let name = "\(view.path) (\(view.role))"
            show(name, "\(status)  \(size / 1_024) KiB  p50 \(times.at(50))  p95 \(times.at(95))  max \(times.most) ms")
            if times.nanoseconds(at: 95) > 200_000_000 { slow.append(name) }
            then()
        }
    }

    private func report() {
        show("over 200 ms at the 95th percentile", slow.isEmpty ? "none" : slow.joined(separator: ", "))
        load.end()
    }
}
