import Contacts
import Logging
import Storage
import Values

/// Contacts of the last weeks, so that reports and the board have something to show, and a measurement has a load.
struct DemoHistory: Sendable {
    let contacts: Int
    let until: Moment
    let logger: Logger

    func write(to store: Store) async throws {
        var left = contacts
        var number = 0
        // In portions, so that memory and the commit stay small.
        while left > 0 {
            let portion = min(left, 20_000)
            let first = number
            try await store.write { transaction in
                try Contacts.writePast(
                    portion, from: first, of: contacts, until: until, in: transaction)
            }
            left -= portion
            number += portion
        }
        try await Contacts.countPast(in: store, until: until, logger: logger)
    }
}
