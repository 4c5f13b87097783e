/// What the pairs of one left record with a row of others can reach at most, comparison after comparison.
///
/// Most pairs of a large block are ruled out by their codes alone. Looking at a whole row at a time, with nothing in the
/// loop but comparing numbers, costs a tenth of looking at the pairs one by one; what is left is then weighed exactly.
struct RowBounds {
    /// How many pairs are looked at together.
    static let length = 256

    private let bounds: UnsafeMutablePointer<Double>
    private let plans: UnsafeMutablePointer<Plan>
    private let count: Int
    /// The cheap levels of each plan, one after the other.
    private let rungs: UnsafeMutablePointer<Rung>

    /// How a comparison is bounded. Places are those in the stratum's tables.
    struct Plan {
        /// The field that decides; -1 when the comparison is only bounded as a whole.
        var field: Int32 = -1
        var null = 0
        var exact = 0
        /// The exact level among all levels, for its frequency adjustment.
        var exactLevel = 0
        var rungs = 0..<0
        /// From where on the other levels are bounded together; -1 when there are none.
        var open = 0
    }

    /// A level that holds when one field is equal.
    struct Rung {
        let field: Int32
        let place: Int
    }

    init(_ scorer: Scorer, equalFields: UnsafeMutablePointer<Int32>) {
        var plans: [Plan] = []
        var rungs: [Rung] = []
        for compared in scorer.comparisons {
            let base = Int(compared.base)
            // Where weights are given by another comparison's level, the row with the most that any gives.
            let row = Int(compared.table) + (compared.parent >= 0 ? Int(compared.unknownRow * compared.count) : 0)
            var plan = Plan()
            plan.open = row
            if compared.nullField >= 0, compared.exactField == compared.nullField {
                plan.field = compared.exactField
                plan.null = row + Int(compared.nullLevel)
                plan.exact = row + Int(compared.exactLevel)
                plan.exactLevel = base + Int(compared.exactLevel)
                let first = rungs.count
                var level = Int(compared.firstOther)
                while level < Int(compared.count), equalFields[base + level] >= 0, scorer.adjustments[base + level] < 0
                {
                    rungs.append(Rung(field: equalFields[base + level], place: row + level))
                    level += 1
                }
                plan.rungs = first..<rungs.count
                plan.open = level < Int(compared.count) ? row + level : -1
            }
            plans.append(plan)
        }
        count = plans.count
        bounds = .allocate(capacity: Self.length)
        bounds.initialize(repeating: 0, count: Self.length)
        self.plans = .allocate(capacity: max(1, plans.count))
        self.rungs = .allocate(capacity: max(1, rungs.count))
        for (place, plan) in plans.enumerated() { (self.plans + place).initialize(to: plan) }
        for (place, rung) in rungs.enumerated() { (self.rungs + place).initialize(to: rung) }
    }

    func deallocate() {
        bounds.deallocate()
        plans.deallocate()
        rungs.deallocate()
    }

    /// The most that each pair of the left record with the `length` records from `first` on can weigh.
    func fill(_ bench: inout Workbench, _ left: Int, from first: Int, _ length: Int) -> UnsafePointer<Double> {
        for place in 0..<length { bounds[place] = bench.prior }
        for number in 0..<count {
            let plan = plans[number]
            let open = plan.open >= 0 ? bench.bestFrom[plan.open] : -.infinity
            guard plan.field >= 0 else {
                for place in 0..<length { bounds[place] += open }
                continue
            }
            let codes = bench.row(of: plan.field)
            let code = codes[left]
            let null = bench.weights[plan.null]
            guard code != 0 else {
                if null != 0 { for place in 0..<length { bounds[place] += null } }
                continue
            }
            let exact = bench.weights[plan.exact] + bench.adjustment(plan.exactLevel, left, left)
            if plan.rungs.isEmpty {
                add(codes + first, length, code, exact: exact, null: null, open: open)
            } else {
                addRungs(&bench, plan, left, first, length, codes, exact: exact, null: null, open: open)
            }
        }
        return UnsafePointer(bounds)
    }

    @inline(__always)
    private func add(
        _ codes: UnsafePointer<UInt32>, _ length: Int, _ code: UInt32, exact: Double, null: Double, open: Double
    ) {
        for place in 0..<length {
            let other = codes[place]
            bounds[place] += other == code ? exact : other == 0 ? null : open
        }
    }

    private func addRungs(
        _ bench: inout Workbench, _ plan: Plan, _ left: Int, _ first: Int, _ length: Int,
        _ codes: UnsafePointer<UInt32>, exact: Double, null: Double, open: Double
    ) {
        let code = codes[left]
        for place in 0..<length {
            let other = codes[first + place]
            var most = open
            if other == code {
                most = exact
            } else if other == 0 {
                most = null
            } else {
                for rung in plan.rungs {
                    let field = Int(rungs[rung].field)
                    let one = bench.code(field, left)
                    if one != 0, one == bench.code(field, first + place) {
                        most = bench.weights[rungs[rung].place]
                        break
                    }
                }
            }
            bounds[place] += most
        }
    }
}
