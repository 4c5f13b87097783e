import Foundation
import Hummingbird
import People
import Storage
import Values
import Web

/// Finding a colleague.
extension Staff {
    func addDirectoryRoutes(to router: Router<AppContext>) {
        router.get("staff", use: directory)
        router.get("api/v1/staff", use: directory)
    }

    /// GET staff, GET api/v1/staff
    private func directory(request: Request, context: AppContext) async throws -> Response {
        let viewer = try context.person(allowedTo: .useDirectory)
        let question = try DirectoryQuestion(request), today = Day(now())
        let page = try await store.read { try StaffPage(answering: question, on: today, to: viewer, in: $0) }
        return try pages.answer(page, to: request, in: context)
    }
}

/// Whom somebody looks for.
struct DirectoryQuestion: Sendable {
    let search: String
    let includesLeft: Bool
    let after: DirectoryPage.Key?
    let limit: Int

    /// - Throws: `FormRefusal` for what cannot be understood.
    init(_ request: Request) throws {
        search = String((request.query("search") ?? "").prefix(200))
        includesLeft = request.query("left") != nil
        after = try request.query("after").map { text in
            guard let key = DirectoryPage.Key(text) else {
                throw FormRefusal(errors: [.init("after", "Take after from the link to the next page.")])
            }
            return key
        }
        limit = try request.wholeNumber("limit", in: 1...200) ?? 50
    }
}

/// People found, by name.
struct StaffPage: Page {
    static let template = "staff"
    let title = "Staff"
    let search: String
    let includesLeft: Bool
    let people: [Line]
    let pager: Pager?

    struct Line: Encodable, Sendable {
        let id: Person.ID
        let name, staffNumber: String
        let team, site: String?
        let roleNames: String
        let roles: [Role]
        let isActive: Bool
        /// The viewer may read what is recorded about her.
        let isVisible: Bool
    }
    struct Pager: Encodable, Sendable { let range: String; let next: String? }

    /// The people as programs are told of them.
    struct Record: Encodable, Sendable {
        let people: [Colleague]
        let next: String?
        struct Colleague: Encodable, Sendable {
            let id: Person.ID
            let name, staffNumber: String
            let team, site: String?
            let roles: [Role]
            let isActive, isVisible: Bool
        }
    }

    var record: Record {
        Record(
            people: people.map {
                .init(
                    id: $0.id, name: $0.name, staffNumber: $0.staffNumber, team: $0.team, site: $0.site,
                    roles: $0.roles, isActive: $0.isActive, isVisible: $0.isVisible)
            }, next: pager?.next.map { "/api/v1\($0)" })
    }

    init(
        answering question: DirectoryQuestion, on today: Day, to viewer: Person, in transaction: Transaction
    ) throws {
        let page = try Person.search(
            question.search, on: today, includingLeft: question.includesLeft, after: question.after,
            limit: question.limit, in: transaction)
        let sites = Dictionary(uniqueKeysWithValues: try Site.all(in: transaction).map { ($0.id, $0.name) })
        var teams: [Team.ID: String] = [:]
        for id in Set(page.people.compactMap(\.team)) { teams[id] = try Team.find(id, in: transaction).name }
        search = question.search
        includesLeft = question.includesLeft
        people = page.people.map { person in
            Line(
                id: person.id, name: person.name, staffNumber: person.staffNumber,
                team: person.team.flatMap { teams[$0] }, site: person.site.flatMap { sites[$0] },
                roleNames: person.roles.map(\.label).sorted().joined(separator: ", "),
                roles: person.roles.sorted { $0.rawValue < $1.rawValue }, isActive: person.isActive,
                isVisible: person.isVisible(to: viewer))
        }
        pager = page.next.map { key in
            let query = [
                ("search", question.search), ("left", question.includesLeft ? "yes" : ""),
                ("limit", question.limit == 50 ? "" : "\(question.limit)"),
                ("after", key.description),
            ]
            .filter { !$0.1.isEmpty }.map { "\($0.0)=\(StaffPage.encoded($0.1))" }.joined(separator: "&")
            return Pager(range: "\(page.people.count) shown", next: "/staff?\(query)")
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
