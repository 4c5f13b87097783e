import Foundation
import Hummingbird
import Values

extension Request {
    /// A whole number of the address's query.
    ///
    /// - Throws: `FormRefusal` when it is something else.
    package func wholeNumber(_ name: String, in range: ClosedRange<Int> = 0...1_000_000_000) throws -> Int? {
        guard let text = queryFields[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw FormRefusal(errors: [
                .init(name, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
            ])
        }
        return number
    }

    /// A text of the address's query that may not be longer.
    ///
    /// - Throws: `FormRefusal` when it is.
    package func text(_ name: String, upTo limit: Int) throws -> String? {
        guard let text = query(name) else { return nil }
        guard text.count <= limit else {
            throw FormRefusal(errors: [.init(name, "\(name) may have \(limit) characters at most.")])
        }
        return text
    }

    /// A number of the address's query that names something.
    ///
    /// A form sends its empty fields too; a program leaves out what it does not mean.
    ///
    /// - Throws: `FormRefusal` when it is something else.
    package func number<Thing>(_ name: String, as: Identifier<Thing>.Type) throws -> Identifier<Thing>? {
        let isProgram = uri.path.hasPrefix("/api/")
        guard let text = isProgram ? queryFields[name] : query(name) else { return nil }
        guard let id = Identifier<Thing>(text) else {
            throw FormRefusal(errors: [.init(name, "\(name) must be a number like 17.")])
        }
        return id
    }

    /// A day of the address's query.
    ///
    /// - Throws: `FormRefusal` when it is something else, or in a year that nobody means.
    package func day(_ name: String) throws -> Day? {
        guard let text = query(name) else { return nil }
        guard let day = Day(text), Day.usual.contains(day) else {
            throw FormRefusal(errors: [.init(name, "Write \(name) as a day from 1970 to 2199, like 2026-11-22.")])
        }
        return day
    }

    /// The days `from` and `to` of the address's query, both included; either may be missing.
    ///
    /// - Throws: `FormRefusal` when one of them is none, or they are the wrong way round.
    package func days() throws -> (from: Day?, to: Day?) {
        let (from, to) = (try day("from"), try day("to"))
        if let from, let to, from > to {
            throw FormRefusal(errors: [.init("from", "The end (to) must not be before the beginning (from).")])
        }
        return (from, to)
    }

    /// The fields of the address's query, as a form sends them: a plus is a space.
    private var queryFields: [String: String] {
        Form.urlEncoded(uri.query ?? "")
    }

    /// A text of the address's query, without the white space around it; nil when it is empty.
    package func query(_ name: String) -> String? {
        let text = queryFields[name].map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        return text.isEmpty ? nil : text
    }
}

/// Refuses an address in which a field stands twice: nobody can say which of the two was meant.
struct SingleFields: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var seen: Set<String> = []
        if let name = Form.names(request.uri.query ?? "").first(where: { !seen.insert($0).inserted }) {
            let shown = String(name.prefix(40))
            throw FormRefusal(errors: [.init(shown, "\"\(shown)\" stands twice in the address. Give it once.")])
        }
        return try await next(request, context)
    }
}
