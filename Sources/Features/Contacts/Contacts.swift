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
    let presence: Presence
    let room: BoardRoom

    package init(
        store: Store, pages: Pages, conversations: Conversations, now: @escaping @Sendable () -> Moment, logger: Logger
    ) {
        self.store = store
        self.pages = pages
        self.conversations = conversations
        self.now = now
        self.logger = logger
        presence = Presence(store: store, now: now, logger: logger)
        room = BoardRoom(store: store, now: now, logger: logger)
    }

    package static let links = [
        Link("Desk", to: "/desk", for: .workDesk),
        Link("Board", to: "/board", for: .watchBoard),
        Link("Reports", to: "/reports", for: .readReports),
    ]

    package func addRoutes(to router: Router<AppContext>) {
        addDeskRoutes(to: router)
        addBoardRoutes(to: router)
        addReportRoutes(to: router)
    }

    package var services: [any Service] {
        [
            presence, room, BoardClock(bells: store.bells), DispatcherClock(bells: store.bells),
            Dispatcher(store: store, now: now, today: { [now] in Day(now()) }, logger: logger),
        ]
    }
}
