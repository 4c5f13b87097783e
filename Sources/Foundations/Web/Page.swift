/// What a page shows: plain stored values, already worded for reading. The template and the JSON are two views of it.
package protocol Page: Encodable, Sendable {
    /// The name of its template.
    static var template: String { get }

    /// What the window and the heading say.
    var title: String { get }
}
