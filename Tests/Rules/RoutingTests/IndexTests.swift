import Testing
import Values

@testable import Routing

/// The structures that make events cheap, against plain arrays.
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

    @Test(arguments: [3, 130])
    func `a ranking always knows the first for each demand, whoever is left out`(demands: Int) {
        var chance = SeededChance(seed: 4)
        var abilities = Abilities()
        abilities.widen(to: demands)
        let desks = 2_000
        for desk in 0..<desks { abilities.clear(desk) }
        for demand in 0..<demands {
            for desk in 0..<desks where chance.happens(demand % 4 * 25) { abilities.add(desk, demand) }
        }
        var ranking = Ranking()
        ranking.read(abilities)
        var plain: [Int: Rank] = [:]
        for step in 0..<30_000 {
            let desk = chance.below(desks)
            if let rank = plain.removeValue(forKey: desk) { ranking.remove(desk, rank, by: abilities) }
            // Fewer and fewer in the end, until nobody is there.
            if chance.happens(step < 15_000 ? 90 : 10) {
                let rank = Rank(key: UInt64(chance.below(2) == 0 ? step : chance.below(50)), number: Int64(desk))
                ranking.insert(desk, rank, by: abilities)
                plain[desk] = rank
            }
            guard step % 100 == 0 else { continue }
            let demand = chance.below(demands)
            let inOrder = plain.filter { abilities.has($0.key, demand) }.sorted { $0.value < $1.value }.map(\.key)
            #expect(ranking.first(for: demand, without: [])?.desk == inOrder.first)
            let excluded = Array(inOrder.prefix(40))
            #expect(ranking.first(for: demand, without: excluded)?.desk == inOrder.dropFirst(40).first)
        }
        for (desk, rank) in plain { ranking.remove(desk, rank, by: abilities) }
        for demand in 0..<demands { #expect(ranking.first(for: demand, without: []) == nil) }
    }

    @Test func `a ranking reads what desks have learnt and demands that have gone`() {
        var abilities = Abilities()
        var ranking = Ranking()
        for desk in 0..<100 {
            abilities.clear(desk)
            ranking.insert(desk, Rank(key: UInt64(desk), number: Int64(desk)), by: abilities)
        }
        #expect(ranking.first(for: 0, without: []) == nil)

        abilities.widen(to: 200)
        abilities.add(70, 0)
        abilities.add(90, 199)
        ranking.read(abilities)

        #expect(ranking.first(for: 0, without: [])?.desk == 70)
        #expect(ranking.first(for: 199, without: [])?.desk == 90)

        abilities.drop(199)
        ranking.read(abilities)

        #expect(ranking.first(for: 199, without: []) == nil)
        #expect(abilities.has(70, 0) && !abilities.has(90, 199))
    }

    @Test func `of two hundred demands everybody gets her own`() {
        var router = Router()
        let now = Moment(milliseconds: 1_000)
        let numbers = (1...Int64(200)).map { $0 }
        for number in numbers {
            let adviser = Adviser(id: Adviser.ID(number), skills: [Skill.ID(number): 1], idleSince: now)
            _ = router.apply(.adviserChanged(adviser), at: now)
        }
        for round: Int64 in [0, 1_000] {
            for number in numbers {
                let contact = Contact(
                    id: Contact.ID(round + number), queue: 1, needs: [Need(skill: Skill.ID(number))], arrivedAt: now,
                    channel: number % 2 == 0 ? .call : .callback)
                _ = router.apply(.arrived(contact), at: now)
            }
        }
        #expect(router.waitingCount == 200)

        for number in numbers.reversed() {
            let decisions = router.apply(.left(Contact.ID(number)), at: now)

            let until = now + .seconds(20)
            #expect(decisions.last == .offer(Contact.ID(1_000 + number), to: Adviser.ID(number), until: until))
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
