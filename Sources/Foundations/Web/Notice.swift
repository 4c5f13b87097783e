import Hummingbird

/// A sentence shown once, on the page that follows an act. A cookie carries its name, never its text.
package enum Notice: String, Sendable {
    case signedOut = "signed-out"
    case signedOutEverywhere = "signed-out-everywhere"
    case passwordChanged = "password-changed"
    case saved
    case removed
    case erased
    case erasing
    case nothingFound = "nothing-found"

    static let cookie = "notice"

    var sentence: String {
        switch self {
        case .signedOut: "You have signed out."
        case .signedOutEverywhere: "You have signed out on all devices."
        case .passwordChanged: "Your password has been changed. Other devices have been signed out."
        case .saved: "Saved."
        case .removed: "Removed."
        case .erased: "Erased. The audit trail says when and by whom."
        case .erasing: "There is much to erase. It goes on by itself; this page says how far it is."
        case .nothingFound: "Nothing was found."
        }
    }

    var asCookie: Cookie {
        Cookie(name: Notice.cookie, value: rawValue, maxAge: 10, path: "/", httpOnly: true, sameSite: .lax)
    }

    /// What the page that shows a notice sends back, so that no other page shows it again.
    static var spent: Cookie {
        Cookie(name: cookie, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .lax)
    }
}
