import Testing
import Values

@testable import Routing

/// The two structures that make events cheap, against plain arrays.
struct IndexTests {
    @Test func `a line is always in order and knows every place`() {
        var chance = SeededChance(seed: 3)
        var line = Line<Int>()
        var plain: [Int] = []
        for step in 0..<6_000 {
            let element = chance.below(4_000)
            if chance.happens(step < 4_000 ? 70 : 30) {
                guard !plain.contains(element) else { continue }
                line.insert(element)
                plain.append(element)
            } else {
                #expect(line.remove(element) == plain.contains(element))
                plain.removeAll { $0 == element }
            }
            guard step % 50 == 0 else { continue }
            plain.sort()
            #expect(line.elements == plain)
            #expect(line.count == plain.count)
            #expect(line.first == plain.first)
            #expect(line.first(5) == Array(plain.prefix(5)))
            #expect(line.rank(of: element) == plain.count { $0 < element })
            #expect(line.first(after: element) == plain.first { $0 > element })
        }
    }

    @Test func `a podium always knows the first, whoever is left out`() {
        var chance = SeededChance(seed: 4)
        var ranks = Ranks()
        var podium = Podium()
        let desks = 300
        for desk in 0..<desks { ranks.set(desk, to: Ranks.none, number: .init(Int64(desk))) }
        var members: Set<Int> = []
        for _ in 0..<4_000 {
            let desk = chance.below(desks)
            if !members.contains(desk) {
                podium.admit(desk, by: ranks)
                members.insert(desk)
            } else if chance.happens(10) {
                podium.dismiss(desk, by: ranks)
                members.remove(desk)
            }
            let key = chance.happens(30) ? Ranks.none : UInt64(chance.below(50))
            ranks.set(desk, to: key, number: .init(Int64(desk)))
            if members.contains(desk) { podium.refresh(desk, by: ranks) }
            let inOrder = members.filter { ranks[$0] != Ranks.none }
                .sorted { (ranks[$0], $0) < (ranks[$1], $1) }
            #expect(podium.first(without: [], by: ranks) == inOrder.first)
            #expect(podium.first(without: Array(inOrder.prefix(2)), by: ranks) == inOrder.dropFirst(2).first)
            guard chance.happens(2) else { continue }
            let again = Podium(members.sorted(), of: desks, by: ranks)
            #expect(again.first(without: [], by: ranks) == inOrder.first)
        }
    }

    @Test func `nothing is left behind when everybody has gone`() {
        for seed: UInt64 in 1...150 {
            var world = World(seed: seed)
            world.live(steps: 50)

            #expect(world.router.ticketOf.isEmpty)
            #expect(world.router.deadlines.isEmpty)
            #expect(world.router.wishes.isEmpty)
            #expect(world.router.demands.allSatisfy { $0.askers == 0 && $0.line.isEmpty })
            #expect(world.router.desks.allSatisfy { $0.work.isEmpty && $0.held.isEmpty })
        }
    }
}
