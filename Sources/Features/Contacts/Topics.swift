import People
import Storage

extension Topic {
    /// Something for the dispatcher to do.
    static let dispatch = Topic("dispatch")
    /// The board's numbers have changed.
    static let board = Topic("board")

    /// One adviser's desk.
    package static func desk(_ adviser: Person.ID) -> Topic { Topic("desk-\(adviser)") }
    /// One contact: for whoever waits for it or talks in it.
    package static func contact(_ contact: Contact.ID) -> Topic { Topic("contact-\(contact)") }
}
