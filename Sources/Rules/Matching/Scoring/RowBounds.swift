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
    /// The fields of the cheap levels of each plan, one after the other, and the most that each brings.
    private let rungs: UnsafeMutablePointer<Rung>

    /// How a comparison is bounded.
    struct Plan {
        /// The field that decides; -1 when the comparison is only bounded as a whole.
        var field: Int32 = -1
        var null = 0.0
        var exact = 0.0
        /// Index of the frequency adjustment of the exact level, as in the scorer; -1 for none.
        var exactLevel = 0
        var rungs = 0..<0
        /// The most that any other level brings.
        var open = 0.0
    }

    struct Rung {
        let field: Int32
        let most: Double
    }

    init(_ scorer: Scorer, equalFields: UnsafeMutablePointer<Int32>) {
        var plans: [Plan] = []
        var rungs: [Rung] = []
        for compared in scorer.comparisons {
            let base = Int(compared.base)
            var plan = Plan()
            plan.open = scorer.bestFrom[base]
            if compared.nullField >= 0, compared.exactField == compared.nullField {
                plan.field = compared.exactField
                plan.null = scorer.weights[base + Int(compared.nullLevel)]
                plan.exactLevel = base + Int(compared.exactLevel)
                plan.exact = scorer.weights[plan.exactLevel]
                let first = rungs.count
                var level = Int(compared.firstOther)
                while level < Int(compared.count), equalFields[base + level] >= 0, scorer.adjustments[base + level] < 0
                {
                    rungs.append(Rung(field: equalFields[base + level], most: scorer.weights[base + level]))
                    level += 1
                }
                plan.rungs = first..<rungs.count
                plan.open = level < Int(compared.count) ? scorer.bestFrom[base + level] : -.infinity
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
    func fill(_ bench: borrowing Workbench, _ left: Int, from first: Int, _ length: Int) -> UnsafePointer<Double> {
        for place in 0..<length { bounds[place] = bench.scorer.prior }
        for number in 0..<count {
            let plan = plans[number]
            guard plan.field >= 0 else {
                for place in 0..<length { bounds[place] += plan.open }
                continue
            }
            let codes = bench.row(of: plan.field)
            let code = codes[left]
            guard code != 0 else {
                if plan.null != 0 { for place in 0..<length { bounds[place] += plan.null } }
                continue
            }
            let exact = plan.exact + bench.adjustment(plan.exactLevel, left, left)
            if plan.rungs.isEmpty {
                add(codes + first, length, code, exact: exact, null: plan.null, open: plan.open)
            } else {
                addRungs(bench, plan, left, codes + first, first, length, code, exact: exact)
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
        _ bench: borrowing Workbench, _ plan: Plan, _ left: Int, _ codes: UnsafePointer<UInt32>, _ first: Int,
        _ length: Int, _ code: UInt32, exact: Double
    ) {
        for place in 0..<length {
            let other = codes[place]
            var most = plan.open
            if other == code {
                most = exact
            } else if other == 0 {
                most = plan.null
            } else {
                for rung in plan.rungs {
                    let field = Int(rungs[rung].field)
                    let one = bench.code(field, left)
                    if one != 0, one == bench.code(field, first + place) {
                        most = max(most, rungs[rung].most)
                        break
                    }
                }
            }
            bounds[place] += most
        }
    }
}
