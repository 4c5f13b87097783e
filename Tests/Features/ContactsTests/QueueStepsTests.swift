import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values
import Web

@testable import Contacts

@Suite struct QueueStepsTests {
    /// Self Assessment at once; Child Benefit and Welsh after a minute; Welsh alone after five.
    private static let lines: [QueueDraft.NeedLine] = [
        .init(skill: Skill.selfAssessment, level: 2),
        .init(after: .seconds(60), skill: Skill.childBenefit, level: 3),
        .init(after: .seconds(60), skill: Skill.welsh, level: 1),
        .init(after: .seconds(300), skill: Skill.welsh, level: 4),
    ]

    /// A queue's form, filled so far that it can be saved.
    private static func form(_ more: String) -> String {
        "key=self-assessment&name=Self+Assessment&timeZone=Europe/London&priority=0&headStart=60&target=300"
            + "&offerTimeout=20&wrapUpLimit=60&retentionDays=30&version=1&" + more
    }

    private static let threeSteps = form(
        "need_1_skill=1&need_1_level=2&step_1_seconds=60&step_1_skill_1=2&step_1_level_1=3&step_1_skill_2=3"
            + "&step_1_level_2=&step_2_seconds=300&step_2_skill_2=3&step_2_level_2=4")

    @Test(arguments: Engine.available)
    func `a form holds several steps with several skills, and a program reads the same`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let saved = try await house.ask(.post, "/queues/1", as: .dilwyn, form: Self.threeSteps)
            #expect(saved.status == 303, "\(saved.body)")
            let draft = try await house.store.read { try QueueDraft.find(House.queue, in: $0).draft }
            #expect(draft.needs == Self.lines)
            let plan = try await house.ask(.get, "/api/v1/queues/1", as: .dilwyn)
            #expect(plan.body.contains(#""afterSeconds":300"#))
            let page = try await house.ask(.get, "/queues/1", as: .dilwyn).body
            #expect(page.contains(#"name="step_2_seconds" value="300""#) && page.contains("Add another step"))
            #expect(page.contains(#"name="step_1_level_1" value="3""#) && !page.contains("Step 3"))
        }
    }

    @Test(arguments: Engine.available)
    func `what a program has planned is all in the form, and saved again as it was`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let needs = (1...QueueDraft.mostSteps).flatMap { step in
                [1, 2, 3].map { #"{"skill":\#($0),"level":\#($0),"afterSeconds":\#(step * 10)}"# }
            }
            let body =
                #"{"key":"self-assessment","name":"SA","revision":1,"needs":[{"skill":1,"level":1},"#
                + needs.joined(separator: ",") + "]}"
            #expect(try await house.ask(.put, "/api/v1/queues/1", as: .dilwyn, json: body).status == 200)
            let draft = try await house.store.read { try QueueDraft.find(House.queue, in: $0).draft }
            #expect(draft.needs.count == 1 + needs.count)
            let fields = draft.fields.merging(["version": "2"]) { first, _ in first }
            let form = fields.map { "\($0.key)=\($0.value.replacing(" ", with: "+"))" }.joined(separator: "&")
            let saved = try await house.ask(.post, "/queues/1", as: .dilwyn, form: form)
            #expect(saved.status == 303, "\(saved.body)")
            #expect(try await house.store.read { try QueueDraft.find(House.queue, in: $0).draft } == draft)
        }
    }

    @Test(arguments: Engine.available)
    func `a button adds a step or a skill without a script, keeps what is written and saves nothing`(engine: Engine)
        async throws
    {
        try await House.run(on: engine) { house in
            let before = try await house.state()
            let step = try await house.ask(
                .post, "/queues/1", as: .dilwyn, form: Self.threeSteps + "&steps_shown=2&more=step")
            #expect(step.status == 200)
            #expect(step.body.contains(#"id="step_3_seconds" name="step_3_seconds" value="" autofocus"#))
            #expect(step.body.contains(#"name="step_1_seconds" value="60""#))
            #expect(step.body.contains(#"name="version" value="1""#))
            let skill = try await house.ask(
                .post, "/queues/1", as: .dilwyn, form: Self.threeSteps + "&step_1_shown=3&more=step_1")
            #expect(skill.body.contains(#"name="step_1_skill_4" autofocus"#))
            #expect(!skill.body.contains("step_1_skill_5"))
            let new = try await house.ask(.post, "/queues", as: .dilwyn, form: "name=VAT&needs_shown=2&more=needs")
            #expect(new.status == 200 && new.body.contains("need_3_skill") && new.body.contains(#"value="VAT""#))
            #expect(try await house.state() == before)
        }
    }

    @Test(arguments: Engine.available)
    func `a step that makes no sense is refused beside its field`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let before = try await house.state()
            let needs = "need_1_skill=1&"
            for (sent, link) in [
                ("step_1_seconds=60", "#step_1_skill_1"), ("step_1_skill_1=2", "#step_1_seconds"),
                ("step_1_seconds=0&step_1_skill_1=2", "#step_1_seconds"),
                ("step_1_seconds=60&step_1_skill_1=x", "#step_1_skill_1"),
                ("step_1_seconds=60&step_1_skill_1=2&step_1_level_1=9", "#step_1_level_1"),
                ("step_1_seconds=60&step_1_skill_1=2&step_2_seconds=60&step_2_skill_1=3", "#step_2_seconds"),
                ("step_1_seconds=60&step_1_skill_1=2&step_1_skill_2=2", "#overflow"),
                ("step_1_seconds=60&step_1_skill_1=2&step_2_seconds=30&step_2_skill_1=3", "#overflow"),
            ] {
                let answer = try await house.ask(.post, "/queues/1", as: .dilwyn, form: Self.form(needs + sent))
                #expect(answer.status == 422 && answer.body.contains("href=\"\(link)\""), "\(sent): \(answer.body)")
            }
            #expect(try await house.state() == before)
        }
    }

    @Test func `more steps or skills than a form can show are refused`() {
        var draft = House.draft
        draft.needs += (1...(QueueDraft.mostSteps + 1)).map { .init(after: .seconds($0), skill: 2, level: 1) }
        #expect(draft.problems.map(\.field) == ["overflow"])
        draft.needs = (1...Int64(QueueDraft.mostSkills + 1)).map { .init(skill: Skill.ID($0), level: 1) }
        #expect(draft.problems.map(\.field) == ["needs"])
    }
}
