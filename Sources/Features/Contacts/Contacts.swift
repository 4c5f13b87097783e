import Hummingbird
import Logging
import People
import ServiceLifecycle
import Storage
import Values
import Web

/// Customers' contacts of every channel: queues, the desk that answers them, the board that watches.
package struct Contacts: Feature {
    let store: Store
    let pages: Pages
    let conversations: Conversations
    let now: @Sendable () -> Moment
    let logger: Logger
    let presence: Attendance<Presence>
    let room: BoardRoom
    let past: PastDays

    package init(
        store: Store, pages: Pages, conversations: Conversations, now: @escaping @Sendable () -> Moment, logger: Logger
    ) {
        self.store = store
        self.pages = pages
        self.conversations = conversations
        self.now = now
        self.logger = logger
        presence = Attendance(store: store, now: now, logger: logger)
        room = BoardRoom(store: store, now: now, logger: logger)
        past = PastDays(store: store, now: now, logger: logger)
    }

    package static let links = [
        Link("Desk", to: "/desk", for: .workDesk),
        Link("Board", to: "/board", for: .watchBoard),
        Link("Reports", to: "/reports", for: .readReports),
        Link("Contacts", to: "/contacts", for: .readContacts),
        Link("Queues", to: "/queues", for: .planQueues),
        Link("Calendar", to: "/calendar", for: .planQueues),
        Link("Ready replies", to: "/ready-replies", for: .planQueues),
        Link("Wrap-up codes", to: "/wrap-up-codes", for: .planQueues),
        Link("Customers", to: "/customers", for: .eraseCustomers),
    ]

    package func addRoutes(to router: Router<AppContext>) {
        addDeskRoutes(to: router)
        addBoardRoutes(to: router)
        addReportRoutes(to: router)
        addQueueRoutes(to: router)
        addQueuePlanRoutes(to: router)
        addCalendarRoutes(to: router)
        addDeskWordsRoutes(to: router)
        addContactRoutes(to: router)
        addJoiningRoutes(to: router)
        addCustomerRoutes(to: router)
    }

    package var services: [any Service] {
        [
            presence, room, past, BoardClock(bells: store.bells), DispatcherClock(bells: store.bells),
            Dispatcher(
                store: store, now: now, today: { [now] in Day(now()) }, logger: logger, conversations: conversations),
            NewDay(store: store, now: now, logger: logger),
            Retention(store: store, conversations: conversations, now: now, logger: logger), erasing,
        ]
    }

    /// Somebody's skills, roles or employment have changed: if she is at work, the router hears of it, and who may not
    /// work at a desk any more leaves it.
    package static func skillsChanged(_ person: Person.ID, by act: Act, in transaction: Transaction) throws {
        guard let desk = try Desk.find(person, in: transaction), desk.status != .offline else { return }
        let adviser = try Person.find(person, on: Day(act.at), in: transaction)
        try desk.follow(adviser, at: act.at, in: transaction)
    }

    /// The same for many, of whom few are at work.
    package static func skillsChanged(
        _ people: Set<Person.ID>, by act: Act, in transaction: Transaction
    ) throws {
        let present = try transaction.rows(
            "SELECT adviser_id FROM desk WHERE status <> 'offline' ORDER BY adviser_id"
        ).map { try $0.value("adviser_id", as: Person.ID.self) }
        for person in present where people.contains(person) { try skillsChanged(person, by: act, in: transaction) }
    }

    /// What becomes of her work when somebody signs out with it, in a sentence.
    package static func leftBehind(by person: Person.ID, in transaction: Transaction) throws -> String? {
        let held = try Contact.at(person, in: transaction), open = held.count { $0.state == .active }
        if held.isEmpty { return nil }
        let wrapUp = held.count > open && open > 0 ? " Your wrap-up is then closed without an outcome." : ""
        let sentence =
            switch open {
            case 0: "You have not finished your wrap-up. If you sign out now, it is closed without an outcome."
            case 1:
                "You still have 1 conversation: end it or hand it over first. If you sign out now, the customer waits for somebody else."
            default:
                "You still have \(open) conversations: end them or hand them over first. If you sign out now, the customers wait for somebody else."
            }
        return sentence + wrapUp
    }

    /// Somebody has signed out and is signed in nowhere else: her customers wait again at once, at their old places,
    /// and not only when her line counts as lost.
    package static func signedOut(_ person: Person.ID, by act: Act, in transaction: Transaction) throws {
        guard let desk = try Desk.find(person, in: transaction), desk.status != .offline else { return }
        try desk.fall(to: .offline, at: act.at, in: transaction)
    }
}
