import People

/// An entry of the navigation, shown to those whom it concerns.
package struct Link: Sendable {
    let label: String
    let address: String
    /// Nil: everybody who is signed in.
    let permission: Permission?

    package init(_ label: String, to address: String, for permission: Permission?) {
        self.label = label
        self.address = address
        self.permission = permission
    }
}
