import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct OccupancyTests {
    private static let profile = SkillProfile([Skill.selfAssessment: 4, Skill.welsh: 2])

    @Test func `a profile is written and read back`() {
        #expect(Self.profile.rawValue == "1:4 3:2")
        #expect(Self.profile.levels == [Skill.selfAssessment: 4, Skill.welsh: 2])
        #expect(SkillProfile.none.levels == [:])
        #expect(SkillProfile(rawValue: "nonsense 1:x").levels == [:])
    }

    @Test(arguments: Engine.available)
    func `idle time goes in equal parts to the queues an adviser can serve, work in proportion`(engine: Engine)
        async throws
    {
        try await House.run(on: engine) { house in
            let queues = try await house.queues()
            var time = TimeCounts()
            time.note(.handling, .seconds(600), team: nil, place: .home)
            time.note(.wrapUp, .seconds(300), team: nil, place: .home)
            time.note(.idle, .seconds(300), team: nil, place: .home, skills: Self.profile)
            time.note(.idle, .seconds(90), team: nil, place: .home, skills: SkillProfile([Skill.welsh: 2]))
            time.note(.idle, .seconds(50), team: nil, place: .home, skills: .none)
            time.note(.onBreak, .seconds(999), team: nil, place: .home, skills: Self.profile)
            let shares = Occupancy.shares(
                of: time, work: [1: .seconds(200), 2: .seconds(100)], among: queues)
            // Amina's 300 idle seconds are half each; who knows Welsh is idle for the second; who knows nothing, for none.
            #expect(shares[1] == WorkTime(busy: .seconds(600), idle: .seconds(150)))
            #expect(shares[2] == WorkTime(busy: .seconds(300), idle: .seconds(240)))
            #expect(shares[1]?.occupancy == 0.8)
        }
    }

    @Test(arguments: Engine.available)
    func `board and reports say how occupied a queue's advisers are`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.queues()
            let start = house.clock.now
            try await house.store.write { transaction in
                try Desk.of(.amina, at: start, in: transaction).change(
                    to: .available, reason: nil, place: .home, team: Team.blue.id, at: start, in: transaction)
            }
            house.clock.wait(.minutes(10))
            // Ten minutes idle for two queues, then ten with a customer of the first.
            let chat = try await house.active("Zelda Quux", nil, with: .amina)
            house.clock.wait(.minutes(10))
            let now = house.clock.now
            let board = try await house.store.read { transaction in
                var memory = BoardMemory()
                return try Board.read(&memory, at: now, in: transaction)
            }
            #expect(board.total.occupancy == 0.5)
            #expect(board.queues.map(\.name) == ["Self Assessment", "Welsh"])
            #expect(board.queues.map(\.occupancy) == [600 / 900, 0])

            try await house.store.write { transaction in
                try ContactEvent.append(
                    .handled, to: chat, at: now, by: Person.amina.id, lasting: .minutes(10), in: transaction)
                try transaction.run("UPDATE contact SET state = 'ended', ended_at = \(now) WHERE id = \(chat)")
                try Desk.note(Person.amina.id, at: now, in: transaction)
            }
            try await house.reportsSay(0.5, 600 / 900, 0)
            #expect(try await house.ask(.delete, "/api/v1/queues/1", as: .dilwyn).status == 204)
            #expect(try await house.ask(.delete, "/api/v1/queues/2", as: .dilwyn).status == 204)
            try await house.reportsSay(0.5, 600 / 900, 0)
        }
    }

    @Test(arguments: Engine.available)
    func `a queue that is retired takes no share of idle time from then on`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.queues()
            let start = house.clock.now
            try await house.store.write { transaction in
                try Desk.of(.amina, at: start, in: transaction).change(
                    to: .available, reason: nil, place: .home, team: nil, at: start, in: transaction)
            }
            house.clock.wait(.minutes(10))
            let retirement = house.clock.now
            #expect(try await house.ask(.delete, "/api/v1/queues/2", as: .dilwyn).status == 204)
            #expect(try await house.ask(.get, "/api/v1/queues/2", as: .dilwyn).body.contains("\(retirement)"))
            #expect(try await house.ask(.get, "/queues/2", as: .dilwyn).body.contains("Retired on "))
            let changes = try await house.ask(.get, "/api/v1/queues/2/changes", as: .dilwyn).body
            #expect(changes.contains("\(retirement)") && changes.contains("Retired: no → yes."))
            house.clock.wait(.minutes(20))
            // Ten idle minutes for both queues, twenty for the first alone, then five with a customer of each.
            for (queue, name) in [(House.queue, "Zelda Quux"), (2, "Yann Quux")] {
                try await house.worked(five: name, in: queue)
            }
            // Of the ten minutes' work each queue did five.
            try await house.reportsSay(10 / 40.0, 5 / 30.0, 5 / 10.0)
            #expect(
                try await house.ask(
                    .put, "/api/v1/queues/2", as: .dilwyn, json: #"{"key":"welsh","name":"Welsh","revision":2}"#
                ).status == 200)
            #expect(try await !house.ask(.get, "/api/v1/queues/2", as: .dilwyn).body.contains("retiredAt"))
        }
    }

    @Test(arguments: Engine.available)
    func `a skill that changes splits the stretch of time`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let start = house.clock.now
            try await house.store.write { transaction in
                try Desk.of(.amina, at: start, in: transaction).change(
                    to: .available, reason: nil, place: .home, team: nil, at: start, in: transaction)
                let act = Act(by: nil, at: start + .minutes(4))
                try SkillHeld.give(
                    Skill.childBenefit, level: 1, to: Person.amina.id, from: Day(start), by: act, in: transaction)
                try Contacts.skillsChanged(Person.amina.id, by: act, in: transaction)
                try Desk.find(Person.amina.id, in: transaction)?.fall(
                    to: .offline, at: start + .minutes(6), in: transaction)
            }
            let time = try await house.store.read { try TimeCounts.read(Span(of: Cast.monday), in: $0) }
            #expect(
                time.idle == [
                    Self.profile: .minutes(4),
                    SkillProfile([Skill.selfAssessment: 4, Skill.childBenefit: 1, Skill.welsh: 2]): .minutes(2),
                ])
        }
    }
}

extension House {
    /// What reports of today say of all queues, of the first and of the second.
    fileprivate func reportsSay(_ all: Double, _ first: Double, _ second: Double) async throws {
        let today = Day(clock.now)
        for (queue, occupancy) in [(nil, all), ("1", first), ("2", second)] as [(String?, Double)] {
            let report = try await store.read { [past = part.past] in
                try Report.read(
                    .init(days: Days(first: today, last: today), by: .day, queue: queue, target: nil), from: past,
                    in: $0)
            }
            #expect(report.occupancy == occupancy && report.rows.map(\.occupancy) == [occupancy], "\(queue ?? "all")")
        }
    }

    /// Amina works five minutes on a contact of this queue.
    fileprivate func worked(five name: String, in queue: Queue.ID) async throws {
        let id = try await active(name, nil, with: .amina)
        // Nobody arrives in a retired queue, but who waits in it is still helped.
        try await store.write { try $0.run("UPDATE contact SET queue_id = \(queue) WHERE id = \(id)") }
        clock.wait(.minutes(5))
        let now = clock.now
        try await store.write { transaction in
            try ContactEvent.append(
                .handled, to: id, at: now, by: Person.amina.id, lasting: .minutes(5), in: transaction)
            try transaction.run("UPDATE contact SET state = 'ended', ended_at = \(now) WHERE id = \(id)")
            try Desk.note(Person.amina.id, at: now, in: transaction)
        }
    }

    /// Self Assessment, and a second queue for Welsh.
    fileprivate func queues() async throws -> [Queue] {
        try await store.write { transaction in
            var draft = QueueDraft(key: "welsh", name: "Welsh")
            draft.needs = [.init(skill: Skill.welsh, level: 1)]
            _ = try draft.insert(by: Act(by: nil, at: Cast.morning), in: transaction)
            return try Queue.all(in: transaction)
        }
    }
}
