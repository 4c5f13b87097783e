import Hummingbird
import Logging
import People
import ServiceLifecycle
import Storage
import Values
import Web

/// The directory of staff, what is recorded about one of them, and the audit trail of who looked and changed.
package struct Staff: Feature {
    let store: Store
    let pages: Pages
    let signIn: SignIn
    let now: @Sendable () -> Moment
    let watch: AuditWatch
    /// Somebody's skills, roles or employment have changed, in this transaction: for whom that matters at once.
    let skillsChanged: @Sendable (Person.ID, Act, Transaction) throws -> Void

    package init(
        store: Store, pages: Pages, signIn: SignIn, now: @escaping @Sendable () -> Moment, logger: Logger,
        skillsChanged: @escaping @Sendable (Person.ID, Act, Transaction) throws -> Void
    ) {
        self.store = store
        self.pages = pages
        self.signIn = signIn
        self.now = now
        self.skillsChanged = skillsChanged
        watch = AuditWatch(store: store, now: now, logger: logger)
    }

    package static let links = [
        Link("Staff", to: "/staff", for: .useDirectory),
        Link("Courses", to: "/courses", for: .manageStaff),
        Link("Audit trail", to: "/audit", for: .readAudit),
    ]

    package func addRoutes(to router: Router<AppContext>) {
        addDirectoryRoutes(to: router)
        addPersonRoutes(to: router)
        addCourseRoutes(to: router)
        addExportRoutes(to: router)
        addAuditRoutes(to: router)
    }

    package var services: [any Service] { [watch] }
}
