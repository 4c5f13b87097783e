import Storage

/// The databases that tests run on.
package enum Engine: String, CaseIterable, Sendable {
    case sqlite
}
