/// Where one worker compares the pairs of one block after the other.
///
/// A block's rows are gathered once, so that its n² pairs read memory that lies together; what only few pairs need is
/// gathered when the first asks. Comparisons of the same two values are remembered.
struct Workbench: ~Copyable {
    private(set) var lent: Lent
    /// At an address of its own, so that nothing of it is ever copied in a loop.
    private let tables: UnsafeMutablePointer<Tables>
    /// How many rows there is room for.
    private var room = 0
    private(set) var count = 0
    private var rows: UnsafeMutablePointer<UInt32>
    /// Where the codes of each row as it was read begin.
    private var starts: UnsafeMutablePointer<UnsafePointer<UInt32>>
    /// The codes of each field, field after field; valid where `isFilled`.
    private var codes: UnsafeMutablePointer<UInt32>
    private var texts: UnsafeMutablePointer<Text>
    private let isFilled: UnsafeMutablePointer<Bool>
    private let hasTexts: UnsafeMutablePointer<Bool>
    /// For each comparison, the level that a pair was found to have; below 0, minus one minus the next to be tried.
    let levels: UnsafeMutablePointer<Int32>
    var memory: ComparisonMemory
    /// What was measured of the pair and comparison at hand, where several levels ask: valid where the turn is this one.
    private let measured: UnsafeMutablePointer<(turn: UInt64, value: Double, isKnown: Bool)>
    private var turn: UInt64 = 1
    /// The tables of the stratum at hand, and the log2 of its prior's odds.
    private(set) var weights: UnsafePointer<Double>
    private(set) var bestFrom: UnsafePointer<Double>
    private(set) var prior: Double
    /// The share of the stratum's other pairs that agree by chance.
    private(set) var chance: Double
    /// Records that are not among the others.
    private let strangers: Strangers?
    /// What was looked at ahead, kept so that looking is not left out.
    private var lookedAt: UInt32 = 0
    /// The codes of the rows that come next, where they were brought near; nil where they are read where all lie.
    var near: UnsafePointer<UInt32>?

    init(_ scorer: Scorer, _ rules: Rules, lent: Lent, strangers: Strangers? = nil) {
        let fields = rules.fields
        self.lent = lent
        self.strangers = strangers
        tables = .allocate(capacity: 1)
        tables.initialize(to: Tables(scorer, rules))
        isFilled = .allocate(capacity: fields.count + 1)
        hasTexts = .allocate(capacity: fields.count + 1)
        isFilled.initialize(repeating: false, count: fields.count + 1)
        hasTexts.initialize(repeating: false, count: fields.count + 1)
        levels = .allocate(capacity: scorer.comparisons.count + 1)
        levels.initialize(repeating: 0, count: scorer.comparisons.count + 1)
        let measures = rules.program.comparators.count
        measured = .allocate(capacity: measures + 1)
        measured.initialize(repeating: (0, 0, false), count: measures + 1)
        memory = ComparisonMemory(comparisons: strangers == nil ? scorer.comparisons.count : 0)
        rows = .allocate(capacity: 1)
        starts = .allocate(capacity: 1)
        codes = .allocate(capacity: 1)
        texts = .allocate(capacity: 1)
        weights = UnsafePointer(tables.pointee.weights)
        bestFrom = UnsafePointer(tables.pointee.bestFrom)
        prior = tables.pointee.priors[0]
        chance = tables.pointee.chances[0]
    }

    deinit {
        tables.pointee.deallocate()
        tables.deallocate()
        rows.deallocate()
        starts.deallocate()
        codes.deallocate()
        texts.deallocate()
        isFilled.deallocate()
        hasTexts.deallocate()
        levels.deallocate()
        measured.deallocate()
    }

    /// Reads from here on what is lent now; what was lent before may have moved.
    mutating func borrow(_ lent: Lent) { self.lent = lent }

    /// What comes next are pairs of this rule of the model's, by its number; of no rule where the number is higher.
    mutating func enter(stratum number: Int) {
        let stratum = min(number, scorer.stratumCount - 1)
        weights = UnsafePointer(scorer.weights + stratum * scorer.stratumSize)
        bestFrom = UnsafePointer(scorer.bestFrom + stratum * scorer.stratumSize)
        prior = scorer.priors[stratum]
        chance = scorer.chances[stratum]
    }

    @inline(__always)
    var scorer: Tables {
        @inline(__always) unsafeAddress { UnsafePointer(tables) }
    }

    /// Makes room for a block of so many rows, and forgets the last.
    mutating func begin(_ count: Int) {
        self.count = count
        isFilled.update(repeating: false, count: scorer.fieldCount)
        hasTexts.update(repeating: false, count: scorer.fieldCount)
        guard count > room else { return }
        room = max(count, room * 2, 64)
        rows.deallocate()
        starts.deallocate()
        codes.deallocate()
        texts.deallocate()
        rows = .allocate(capacity: room)
        starts = .allocate(capacity: room)
        codes = .allocate(capacity: room * max(1, scorer.fieldCount))
        texts = .allocate(capacity: room * max(1, scorer.textCount))
    }

    /// Sets the row at a place of the block.
    @inline(__always)
    mutating func set(_ place: Int, row: UInt32) {
        set(place, row: row, codes: row < Stranger.firstRow ? lent.codes + Int(row) * lent.width : lent.codes)
    }

    /// The same where a copy of its codes is near.
    @inline(__always)
    mutating func set(_ place: Int, row: UInt32, codes: UnsafePointer<UInt32>) {
        rows[place] = row
        starts[place] = codes
    }

    mutating func row(_ place: Int) -> UInt32 { rows[place] }

    /// Reads the first and the last code of a record, which brings all of it near.
    @inline(__always)
    mutating func look(at row: UInt32) {
        guard lent.width > 0 else { return }
        let start = Int(row) * lent.width
        lookedAt ^= lent.codes[start] ^ lent.codes[start + lent.width - 1]
    }

    /// Leaves behind so many of the rows whose codes are near.
    @inline(__always)
    mutating func passNear(_ count: Int) {
        if let start = near { near = start + count * lent.width }
    }

    /// Gathers what nearly every pair needs. To be called once all rows are set.
    mutating func gather() {
        for number in 0..<scorer.eagerCount { fill(Int(scorer.eager[number])) }
    }

    /// The codes of a field that is always gathered, place after place.
    @inline(__always)
    mutating func row(of field: Int32) -> UnsafePointer<UInt32> {
        UnsafePointer(codes + Int(field) * room)
    }

    /// The code of a field that is always gathered.
    @inline(__always)
    mutating func gathered(_ field: Int32, _ place: Int) -> UInt32 {
        codes[Int(field) * room + place]
    }

    /// The code of a column as it was read, of the row at a place.
    mutating func rawCode(_ slot: Int, _ place: Int) -> UInt32 { starts[place][slot] }

    /// The code of a field of the row at a place.
    @inline(__always)
    mutating func code(_ field: Int, _ place: Int) -> UInt32 {
        if !isFilled[field] { fill(field) }
        return codes[field * room + place]
    }

    @inline(never)
    private mutating func fill(_ field: Int) {
        isFilled[field] = true
        let slot = Int(scorer.slots[field])
        let map = Int(scorer.maps[field])
        let target = codes + field * room
        for place in 0..<count {
            if rows[place] >= Stranger.firstRow, let strangers {
                target[place] = strangers.code(Int(rows[place] - Stranger.firstRow), field)
                continue
            }
            let code = starts[place][slot]
            target[place] = map < 0 ? code : lent.maps[map][Int(code)]
        }
    }

    /// The text of a measured field of the row at a place, whose code is not 0.
    @inline(__always)
    private mutating func text(_ field: Int, _ place: Int) -> Text {
        if !hasTexts[field] { fillTexts(field) }
        return texts[Int(scorer.textPlaces[field]) * room + place]
    }

    @inline(never)
    private mutating func fillTexts(_ field: Int) {
        hasTexts[field] = true
        let known = lent.texts[Int(scorer.domains[field])]
        let target = texts + Int(scorer.textPlaces[field]) * room
        for place in 0..<count {
            let code = code(field, place)
            if rows[place] >= Stranger.firstRow, let strangers {
                target[place] = strangers.text(Int(rows[place] - Stranger.firstRow), field)
            } else if code != 0 {
                target[place] = known[code]
            }
        }
    }

    /// Whether a condition holds: 1 for yes, 0 for no, 2 when a missing value leaves it open.
    ///
    /// Nodes are read where they stand: to copy one, only to read it at once, took longer than all else here.
    mutating func truth(at start: Int32, _ left: Int, _ right: Int) -> UInt8 {
        let node = UnsafePointer(scorer.nodes + Int(start))
        switch node.pointee.kind {
        case .always: return 1
        case .missing: return code(Int(node.pointee.left), node.pointee.leftIsRight ? right : left) == 0 ? 1 : 0
        case .equal:
            let one = code(Int(node.pointee.left), node.pointee.leftIsRight ? right : left)
            let other = code(Int(node.pointee.right), node.pointee.rightIsRight ? right : left)
            return one == 0 || other == 0 ? 2 : one == other ? 1 : 0
        case .measured: return measure(node, left, right)
        case .not:
            let inner = truth(at: start + 1, left, right)
            return inner == 2 ? 2 : 1 - inner
        case .all, .any: return several(node, at: start, left, right)
        }
    }

    /// The same as far as codes alone say it; 3 where something must be measured.
    mutating func quickTruth(at start: Int32, _ left: Int, _ right: Int) -> UInt8 {
        let node = UnsafePointer(scorer.nodes + Int(start))
        switch node.pointee.kind {
        case .always: return 1
        case .missing: return code(Int(node.pointee.left), node.pointee.leftIsRight ? right : left) == 0 ? 1 : 0
        case .equal, .measured:
            let one = code(Int(node.pointee.left), node.pointee.leftIsRight ? right : left)
            let other = code(Int(node.pointee.right), node.pointee.rightIsRight ? right : left)
            if one == 0 || other == 0 { return 2 }
            return node.pointee.kind == .measured ? 3 : one == other ? 1 : 0
        case .not:
            let inner = quickTruth(at: start + 1, left, right)
            return inner < 2 ? 1 - inner : inner
        case .all, .any:
            let decisive: UInt8 = node.pointee.kind == .all ? 0 : 1
            var result = 1 - decisive
            var next = start + 1
            while next < node.pointee.end {
                let part = quickTruth(at: next, left, right)
                if part == decisive { return decisive }
                if part >= 2 { result = max(part, result < 2 ? 2 : result) }
                next = scorer.nodes[Int(next)].end
            }
            return result
        }
    }

    private mutating func several(_ node: UnsafePointer<Program.Node>, at start: Int32, _ left: Int, _ right: Int)
        -> UInt8
    {
        let decisive: UInt8 = node.pointee.kind == .all ? 0 : 1
        var result = 1 - decisive
        var next = start + 1
        while next < node.pointee.end {
            let part = truth(at: next, left, right)
            if part == decisive { return decisive }
            if part == 2 { result = 2 }
            next = scorer.nodes[Int(next)].end
        }
        return result
    }

    private mutating func measure(_ node: UnsafePointer<Program.Node>, _ left: Int, _ right: Int) -> UInt8 {
        let (onePlace, otherPlace) = (node.pointee.leftIsRight ? right : left, node.pointee.rightIsRight ? right : left)
        guard code(Int(node.pointee.left), onePlace) != 0, code(Int(node.pointee.right), otherPlace) != 0 else {
            return 2
        }
        let known = measured + Int(node.pointee.measure)
        if known.pointee.turn == turn {
            return known.pointee.isKnown ? (node.pointee.bound.holds(known.pointee.value) ? 1 : 0) : 2
        }
        let one = text(Int(node.pointee.left), onePlace)
        let other = text(Int(node.pointee.right), otherPlace)
        // One bound may be decided early; where several are asked of the same value, it is computed once.
        guard scorer.isShared[Int(node.pointee.measure)] else {
            guard let holds = holds(node, one, other) else { return 2 }
            return holds ? 1 : 0
        }
        let value = value(node, one, other)
        known.pointee = (turn, value ?? 0, value != nil)
        return value.map { node.pointee.bound.holds($0) ? 1 : 0 } ?? 2
    }

    private mutating func holds(_ node: UnsafePointer<Program.Node>, _ one: Text, _ other: Text) -> Bool? {
        switch scorer.kinds[Int(node.pointee.measure)] {
        case .jaroWinkler: Jaro.holds(node.pointee.bound, one, other, winkler: true)
        case .levenshtein: Levenshtein.holds(node.pointee.bound, one, other)
        case .damerauLevenshtein: DamerauLevenshtein.holds(node.pointee.bound, one, other)
        default: scorer.comparators[Int(node.pointee.measure)].holds(node.pointee.bound, one, other)
        }
    }

    private mutating func value(_ node: UnsafePointer<Program.Node>, _ one: Text, _ other: Text) -> Double? {
        switch scorer.kinds[Int(node.pointee.measure)] {
        case .jaroWinkler: Jaro.value(one, other, winkler: true)
        case .levenshtein: Levenshtein.value(one, other)
        default: scorer.comparators[Int(node.pointee.measure)].value(one, other)
        }
    }

    /// Forgets what was measured: another pair or comparison is next.
    mutating func forgetMeasured() {
        turn += 1
    }
}
