import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

/// A queue that is retired takes nobody any more, and its past stays.
@Suite struct RetiredQueueTests {
    @Test(arguments: Engine.available)
    func `its past can be reported on, by key, number and name`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            #expect(try await house.ask(.delete, "/api/v1/queues/1", as: .dilwyn).status == 204)
            for name in ["self-assessment", "1", "Self%20Assessment"] {
                for path in ["reports", "reports.csv", "service-levels"] {
                    let answer = try await house.ask(.get, "/api/v1/\(path)?queue=\(name)", as: .dilwyn)
                    #expect(answer.status == 200, "\(path) \(name): \(answer.body)")
                }
            }
            let page = try await house.ask(.get, "/reports?queue=1", as: .dilwyn)
            #expect(page.status == 200 && page.body.contains("Self Assessment (retired)"))
        }
    }

    @Test(arguments: Engine.available)
    func `its ready replies rest until it is taken up again`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let reply = #"{"title":"Opening times","text":"We are open.","queue":1}"#
            #expect(try await house.ask(.post, "/api/v1/ready-replies", as: .dilwyn, json: reply).status == 201)
            #expect(try await house.ask(.delete, "/api/v1/queues/1", as: .dilwyn).status == 204)
            for path in ["/ready-replies", "/api/v1/ready-replies", "/ready-replies?search=opening"] {
                #expect(try await !house.ask(.get, path, as: .dilwyn).body.contains("Opening times"), "\(path)")
            }
            let refused = try await house.ask(.post, "/api/v1/ready-replies", as: .dilwyn, json: reply)
            #expect(refused.status == 422 && refused.body.contains("Self Assessment is retired."))
            let again = #"{"key":"self-assessment","name":"Self Assessment","revision":2}"#
            #expect(try await house.ask(.put, "/api/v1/queues/1", as: .dilwyn, json: again).status == 200)
            let listed = try await house.ask(.get, "/api/v1/ready-replies", as: .dilwyn).body
            #expect(listed.hasPrefix(#"{"replies":["#) && !listed.contains("form") && !listed.contains("queues"))
            #expect(listed.contains(#"{"id":5,"queue":"Self Assessment","queueId":1,"text":"We are open.""#))
        }
    }

    @Test(arguments: Engine.available)
    func `programs are told facts, without what only pages need`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for name in ["Ada", "Bea", "Cora"] { _ = try await house.ended("\(name) Quux", "R-\(name)") }
            let codes = try await house.ask(.get, "/api/v1/wrap-up-codes", as: .dilwyn).body
            #expect(codes.contains(#""position":"#) && !codes.contains(#""position":""#) && !codes.contains("form"))
            let calendar = try await house.ask(.get, "/api/v1/calendar", as: .dilwyn).body
            #expect(calendar.hasPrefix(#"{"changes":"#) && !calendar.contains("form") && !calendar.contains("title"))
            let found = try await house.ask(.get, "/api/v1/contacts?limit=2&search=quux", as: .carys).body
            #expect(found.contains(#""next":"/api/v1/contacts?limit=2&search=quux&before="#) && !found.contains("tone"))
            let next = try #require(found.firstMatch(of: /"next":"([^"]*)"/)).1
            let rest = try await house.ask(.get, String(next), as: .carys).body
            #expect(rest.contains("Ada Quux") && !rest.contains("next"))
            let customer = try await house.ask(.get, "/api/v1/customers?reference=R-Ada", as: .gwen).body
            #expect(customer.contains(#""customerName":"Ada Quux""#) && !customer.contains("exportPurpose"))
        }
    }
}
