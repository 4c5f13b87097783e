import People
import Storage
import TestKit
import Testing
import Values

@testable import App
@testable import Contacts

@Suite struct ImportTests {
    private static let header = "staff_number,name,username,roles,skills"

    private static func take(_ rows: [String], isComplete: Bool = false, into store: Store) async throws {
        var options = StaffImport.Options(today: Cast.monday)
        options.isComplete = isComplete
        let list = try StaffImport(Array(([header] + rows).joined(separator: "\n").utf8), options: options)
        try await store.write { transaction in
            try RoutingEvent.remove(RoutingEvent.pending(in: transaction).map(\.id), in: transaction)
            _ = try ImportCommand.take(list, at: Cast.morning, in: transaction)
        }
    }

    private static let amina = "100001,Amina de Vries,amina,adviser,Self Assessment:5"
    private static let bram = "100002,Bram Okafor,bram,adviser,Self Assessment:5"
    private static let gwen = "100007,Gwen Larsen,gwen,administrator,"
    private static let iolo = "100009,Iolo Tanaka,iolo,adviser,"

    @Test(arguments: Engine.available)
    func `the router hears at once of those at work whom a staff list changes`(engine: Engine) async throws {
        try await withStore(on: engine, migrations: Installation.migrations) { store in
            try await store.write { transaction in
                try Cast.insert(in: transaction)
                for (person, status) in [(Person.amina, Desk.Status.available), (.bram, .offline), (.iolo, .available)]
                {
                    try Desk.of(person, at: Cast.morning, in: transaction).change(
                        to: status, reason: nil, place: .home, team: person.team, at: Cast.morning, in: transaction)
                }
            }
            func told() async throws -> [Person.ID?] {
                try await store.read { try RoutingEvent.pending(in: $0).map(\.adviser) }
            }
            try await Self.take([Self.amina, Self.bram, Self.gwen], into: store)
            #expect(try await told() == [Person.amina.id], "Bram is not at work, and Iolo not in the list")
            try await Self.take([Self.amina, Self.bram, Self.gwen], into: store)
            #expect(try await told() == [], "nothing is new")
            try await Self.take([Self.amina, Self.bram, Self.gwen], isComplete: true, into: store)
            #expect(try await told() == [Person.iolo.id])
            #expect(try await store.read { try Desk.find(Person.iolo.id, in: $0)?.status } == .offline, "he has left")
        }
    }
}
