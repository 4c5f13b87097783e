import HTTPTypes
import Hummingbird
import People
import Storage
import Values
import Web

/// Copies of what is kept about a member of staff.
extension Staff {
    func addExportRoutes(to router: Router<AppContext>) {
        router.get("staff/:person/export", use: export)
        router.get("api/v1/staff/:person/export", use: export)
    }

    /// GET staff/:person/export, GET api/v1/staff/:person/export
    private func export(request: Request, context: AppContext) async throws -> Response {
        let administrator = try context.person(allowedTo: .manageStaff)
        let id = try context.parameters.require("person", as: Person.ID.self)
        let act = context.act(at: now())
        do {
            let purpose = try request.purpose
            let copy = try await store.write { try StaffCopy(of: id, because: purpose, by: act, in: $0) }
            var response = try Response.json(copy)
            response.headers[.contentDisposition] = "attachment; filename=\"staff-\(id)-\(Day(act.at)).json\""
            return response
        } catch let refusal as FormRefusal where !request.prefersJSON {
            return try await refused(refusal, id, administrator, request, context)
        }
    }
}

extension Request {
    /// Why somebody wants this, for the audit trail.
    fileprivate var purpose: String {
        get throws {
            guard let purpose = query("purpose"), purpose.isOneLine, purpose.count <= 200, purpose.utf8.count <= 1_600
            else {
                throw FormRefusal(errors: [
                    .init("purpose", "Enter why, in one line of at most 200 characters: the number of the request.")
                ])
            }
            return purpose
        }
    }
}
