/// A model's blocking rules made ready: which fields must be equal, or near each other in which order.
struct Rules: Sendable {
    /// Every field, those of the layout first, then those that rules made.
    private(set) var fields: [Field]
    /// The maps that rules made: numbered on after those of the records.
    private(set) var maps: [Kept<UInt32>] = []
    private(set) var program: Program
    private(set) var rules: [Rule] = []
    /// The place of each row in an order, for rules about neighbours; 0 for rows that take no part.
    private(set) var orders: [[UInt32]] = []

    /// One way in which pairs are brought together.
    struct Rule: Sendable {
        /// The number of the model's rule.
        let number: Int
        private(set) var keys: [Key]
        /// What else must hold, as a node of the program; -1 for nothing.
        var also: Int32 = -1
        /// The number of an order and the width of its window, instead of keys.
        var window: (order: Int, width: Int)?
        /// Whether it says the same of a pair whichever record is the left one.
        let isSymmetric: Bool
        /// The parts of the key that are made of arrays' elements; the others are in `keys`.
        var exploded: [ExplodedKey] = []
        /// Which of the keys are its own, where others of the same rule of the model have the rest.
        var gate: KeyGate?

        /// Whether a record's key is the same on either side.
        var hasSameKeys: Bool {
            keys.allSatisfy { $0.left == $0.right } && exploded.allSatisfy { $0.isSame }
        }

        /// The same, where more must be equal.
        func with(_ more: [Key]) -> Rule {
            var rule = self
            rule.keys += more
            return rule
        }

        var fieldsOfLeft: [Int] { keys.map(\.left) }
        var fieldsOfRight: [Int] { keys.map(\.right) }
    }

    struct Key: Sendable {
        let left: Int
        let right: Int
    }

    /// The rules, on top of the scorer's program.
    init(_ rules: [BlockingRule], for records: Records, program: Program = Program()) throws(ModelFault) {
        self.program = program
        fields = records.layout.fields
        for (number, rule) in rules.enumerated() { try add(rule, number, records) }
    }

    private mutating func add(_ rule: BlockingRule, _ number: Int, _ records: Records) throws(ModelFault) {
        let layout = records.layout
        try rule.check(number)
        switch rule.kind {
        case .equal(let pairs, let also):
            let exploding = pairs.filter { rule.isExploding($0) }
            let keys = pairs.filter { !rule.isExploding($0) }.map {
                Key(left: layout.field($0.left), right: layout.field($0.right))
            }
            var ready = Rule(
                number: number, keys: keys,
                isSymmetric: pairs.allSatisfy { $0.left == $0.right } && also?.isSymmetric ?? true)
            for pair in exploding {
                ready.exploded.append(try ExplodedKey(pair, exploding: rule.explodes, of: records))
            }
            if let also { ready.also = program.add(also, in: layout) { _ in nil } }
            self.rules.append(ready)
        case .neighbours(let expressions, let width):
            orders.append(records.order(by: expressions.map { layout.fields[layout.field($0)] }))
            var ready = Rule(number: number, keys: [], isSymmetric: true)
            ready.window = (orders.count - 1, width)
            self.rules.append(ready)
        case .similar(let expression, let grams, let bands, let rows):
            let field = layout.fields[layout.field(expression)]
            for map in records.bands(of: field, Sketch(grams: grams, bands: bands, rows: rows)) {
                maps.append(Kept(map))
                fields.append(Field(slot: field.slot, map: records.maps.count + maps.count - 1, domain: field.domain))
                let key = Key(left: fields.count - 1, right: fields.count - 1)
                self.rules.append(Rule(number: number, keys: [key], isSymmetric: true))
            }
        }
    }

    /// Adds all pairs that no rule brings, as the pairs of one more rule that asks for nothing.
    mutating func addRest(number: Int) {
        rules.append(Rule(number: number, keys: [], isSymmetric: true))
    }

    /// Other ready rules for the same rules of the model.
    mutating func replaceRules(by ready: [Rule]) { rules = ready }

    /// Whether some blocks of the model's rule are treated otherwise than the rest.
    func isSplit(_ number: Int) -> Bool { rules.contains { $0.number == number && $0.gate != nil } }

    /// A row's code of any field, whoever made it.
    func code(_ row: Int, _ field: Int, of records: Records) -> UInt32 {
        let field = fields[field]
        let code = records.codes[row * records.layout.columns.count + field.slot]
        guard let map = field.map else { return code }
        return map < records.maps.count ? records.maps[map][Int(code)] : maps[map - records.maps.count][Int(code)]
    }
}
