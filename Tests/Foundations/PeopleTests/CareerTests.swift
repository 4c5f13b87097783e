import TestKit
import Testing
import Values

@testable import People

private let today = Cast.monday
private let blue = Post(directorate: 1, team: 1), green = Post(directorate: 2, team: 2),
    red = Post(directorate: 2, team: 3)

@Suite struct CareerTests {
    private let begun = Career([Assignment(post: blue, from: today + -100)])

    @Test func `another team closes the old post and opens the new one`() {
        #expect(
            begun.with(green, since: today + -3, today: today).assignments == [
                Assignment(post: blue, from: today + -100, until: today + -3),
                Assignment(post: green, from: today + -3),
            ])
    }

    @Test func `the same said twice changes nothing`() {
        let once = begun.with(green, since: today + -3, today: today)
        #expect(once.with(green, since: today + -3, today: today + 5) == once)
        #expect(begun.with(blue, since: today + -50, today: today) == begun)
    }

    @Test func `another post since the same day is a correction`() {
        let wrong = begun.with(green, since: today + -3, today: today)
        #expect(
            wrong.with(red, since: today + -3, today: today).assignments == [
                Assignment(post: blue, from: today + -100, until: today + -3), Assignment(post: red, from: today + -3),
            ])
    }

    @Test func `a move that is taken back leaves no trace`() {
        let moved = begun.with(green, since: today + -3, today: today)
        #expect(moved.with(blue, since: today + -100, today: today) == begun)
    }

    @Test func `a post since an earlier day moves the change back`() {
        let moved = begun.with(green, since: today + -3, today: today)
        #expect(
            moved.with(green, since: today + -30, today: today).assignments == [
                Assignment(post: blue, from: today + -100, until: today + -30),
                Assignment(post: green, from: today + -30),
            ])
    }

    @Test func `a post from before the first day lengthens the career`() {
        #expect(
            begun.with(blue, since: today + -200, today: today).assignments == [
                Assignment(post: blue, from: today + -200)
            ])
    }

    @Test func `a move announced for later stands when today is confirmed`() {
        let announced = begun.with(green, since: today + 30, today: today)
        #expect(announced.assignment(on: today)?.post == blue)
        #expect(announced.assignment(on: today + 30)?.post == green)
        #expect(announced.with(blue, since: today + -100, today: today + 1) == announced)
        #expect(announced.with(red, since: today + -3, today: today).assignments.map(\.post) == [blue, red, green])
    }

    @Test func `who comes back has a gap`() {
        let back = begun.ending(on: today + -10).with(green, since: today, today: today)
        #expect(back.assignment(on: today + -11)?.post == blue)
        #expect(back.assignment(on: today + -5) == nil)
        #expect(back.assignment(on: today)?.post == green)
    }

    @Test func `a career ending before it began is empty`() {
        #expect(begun.ending(on: today + -100).assignments.isEmpty)
    }

    @Test func `whatever is said, periods do not overlap, neighbours differ, and it holds from then to today`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("Careers: seed \(seed)")
        var random = SeededChance(seed: seed)
        for _ in 0..<500 {
            var career = Career()
            for _ in 0..<8 {
                let post = [blue, green, red].randomElement(using: &random) ?? blue
                let day = today + Int.random(in: -9...9, using: &random)
                if Int.random(in: 0...5, using: &random) == 0 {
                    career = career.ending(on: day)
                    continue
                }
                let said = career.with(post, since: day, today: today)
                for past in -12..<0 where today + past < day {
                    #expect(
                        said.assignment(on: today + past) == nil
                            || said.assignment(on: today + past)?.post == career.assignment(on: today + past)?.post)
                }
                for held in 0...9 where day + held <= max(day, today) {
                    #expect(said.assignment(on: day + held)?.post == post)
                }
                #expect(said.with(post, since: day, today: today) == said)
                career = said
                for (one, next) in zip(career.assignments, career.assignments.dropFirst()) {
                    #expect(one.until.map { $0 <= next.from } == true, "seed \(seed)")
                    #expect(one.until != next.from || one.post != next.post, "seed \(seed)")
                }
            }
        }
    }
}
