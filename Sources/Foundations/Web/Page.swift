/// What a page shows: plain stored values, already worded for reading. The template and the JSON are two views of it.
package protocol Page: Encodable, Sendable {
    associatedtype Record: Encodable = Self

    /// The name of its template.
    static var template: String { get }

    /// What the window and the heading say.
    var title: String { get }

    /// What a program is told: what the page knows, without what only forms, headings and links need.
    var record: Record { get }
}

extension Page where Record == Self {
    package var record: Self { self }
}
