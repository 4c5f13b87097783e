import Routing
import Values

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A centre with random arrivals, handling times and patience (all exponential), to compare estimates with waits.
struct Practice {
    struct Errors: CustomStringConvertible {
        /// Of |estimate - wait| / wait.
        let median: Double
        /// The median of (estimate - wait) / wait: above zero, customers wait less than they were told.
        let bias: Double
        let ninetieth: Double
        let count: Int
        let meanWait: Double
        /// The median error of who knows the true rates and the place, in a single queue: what chance alone leaves.
        let unavoidable: Double

        var description: String {
            "median error \(percent(median)), median bias \(percent(bias)), 90th percentile \(percent(ninetieth)) "
                + "of \(count) waits over 10 s, mean \(Int(meanWait)) s"
                + (unavoidable > 0 ? "; unavoidable median error \(percent(unavoidable))" : "")
        }

        private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    }

    private enum Happening {
        case arrival(queue: Int), patienceEnds(Contact.ID), end(Contact.ID), finish(Contact.ID)
    }

    private var chance: SeededChance
    private var router = Router()
    private var agenda: [(at: Double, what: Happening)] = []
    private let handling: [Double]
    private let between: [Double]
    private let patience = 600.0
    private var lastContact: Int64 = 0
    private let staff: Int
    private var estimates: [Contact.ID: (seconds: Double, ideal: Double, since: Double)] = [:]
    private var pairs: [(estimate: Double, ideal: Double, wait: Double)] = []

    /// Each adviser's skills; per queue (skill 1, 2, …) the mean handling time and the mean time between two arrivals, in seconds.
    init(seed: UInt64, skillsOf advisers: [[Int64]], handling: [Double], between: [Double]) {
        chance = SeededChance(seed: seed)
        self.handling = handling
        staff = advisers.count
        self.between = between
        for queue in handling.indices {
            _ = router.apply(.queueChanged(Queue(id: .init(Int64(queue + 1)), wrapUpLimit: .hours(2))), at: at(0))
            plan(.arrival(queue: queue), in: 0, from: 0)
        }
        for (index, skills) in advisers.enumerated() {
            let known = Dictionary(uniqueKeysWithValues: skills.map { (Skill.ID($0), 1) })
            let adviser = Adviser(id: .init(Int64(index + 1)), skills: known, idleSince: at(0))
            _ = router.apply(.adviserChanged(adviser), at: at(0))
        }
    }

    mutating func errors(hours: Double) -> Errors {
        var now = 0.0
        while now < hours * 3_600, let next = agenda.popLast() {
            now = next.at
            live(next.what, now)
        }
        let known = pairs.filter { $0.wait > 10 }
        let sizes = known.map { abs($0.estimate - $0.wait) / $0.wait }.sorted()
        let signed = known.map { ($0.estimate - $0.wait) / $0.wait }.sorted()
        let ideal = known.map { abs($0.ideal - $0.wait) / $0.wait }.sorted()
        guard !known.isEmpty else {
            return Errors(median: 1, bias: 1, ninetieth: 1, count: 0, meanWait: 0, unavoidable: 0)
        }
        return Errors(
            median: sizes[sizes.count / 2], bias: signed[signed.count / 2], ninetieth: sizes[sizes.count * 9 / 10],
            count: known.count, meanWait: known.reduce(0) { $0 + $1.wait } / Double(known.count),
            unavoidable: handling.count == 1 ? ideal[ideal.count / 2] : 0)
    }

    private mutating func live(_ what: Happening, _ now: Double) {
        let moment = Moment(milliseconds: at(0).milliseconds + Int64(now * 1_000))
        switch what {
        case .arrival(let queue):
            plan(.arrival(queue: queue), in: between[queue], from: now)
            lastContact += 1
            let id = Contact.ID(lastContact)
            let need = Need(skill: .init(Int64(queue + 1)))
            let contact = Contact(
                id: id, queue: .init(Int64(queue + 1)), needs: [need], arrivedAt: moment, channel: .call)
            take(router.apply(.arrived(contact), at: moment), now)
            guard router.work(of: id) == .waiting else { return }
            plan(.patienceEnds(id), in: patience, from: now)
            // The first hour is for learning.
            if now > 3_600, let wait = router.estimatedWait(of: id, at: moment) {
                estimates[id] = (wait.inSeconds, idealEstimate(of: id), now)
            }
        case .patienceEnds(let id):
            guard router.work(of: id) == .waiting else { return }
            estimates[id] = nil
            take(router.apply(.left(id), at: moment), now)
        case .end(let id):
            take(router.apply(.ended(id), at: moment), now)
            plan(.finish(id), in: 20, from: now)
        case .finish(let id): take(router.apply(.wrappedUp(id), at: moment), now)
        }
    }

    /// The mean wait in a single queue, from the true rates.
    private func idealEstimate(of id: Contact.ID) -> Double {
        (0..<(router.position(of: id) ?? 0)).reduce(0) {
            $0 + 1 / (Double(staff) / handling[0] + Double($1) / patience)
        }
    }

    private mutating func take(_ decisions: [Decision], _ now: Double) {
        let moment = Moment(milliseconds: at(0).milliseconds + Int64(now * 1_000))
        for case .offer(let id, let adviser, _) in decisions {
            if let told = estimates.removeValue(forKey: id) {
                pairs.append((told.seconds, told.ideal, now - told.since))
            }
            _ = router.apply(.accepted(id, by: adviser), at: moment)
            let needs = router.queue(of: id).map { handling[Int($0.number) - 1] } ?? 0
            plan(.end(id), in: needs - 20, from: now)
        }
    }

    private mutating func plan(_ what: Happening, in mean: Double, from now: Double) {
        let moment = now - mean * log(1 - chance.fraction())
        // Latest first: the next is taken off the end.
        var low = 0
        var high = agenda.count
        while low < high {
            let middle = (low + high) / 2
            if agenda[middle].at > moment { low = middle + 1 } else { high = middle }
        }
        agenda.insert((moment, what), at: low)
    }
}
