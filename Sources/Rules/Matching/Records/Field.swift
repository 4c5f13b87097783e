/// A value that is compared: a column as it stands, or what an expression makes of it.
///
/// Values are codes. Two fields that are ever held equal have the same domain, so that equal codes mean equal texts.
struct Field: Hashable, Sendable {
    /// The position of its column's code in a record.
    let slot: Int
    /// The map from that code to the field's own code; nil when they are the same.
    let map: Int?
    /// The vocabulary of its codes.
    let domain: Int
}

/// Which columns a model reads, and what it makes of them.
struct Layout: Sendable {
    /// The columns of a record in the order of their codes: what is read, then what is joined of several columns.
    private(set) var columns: [Column] = []
    private(set) var fields: [Field] = []
    /// For each map: the column, the expression, and the domain it leads to.
    private(set) var maps: [Map] = []
    private(set) var domains = 0
    private var places: [Expression: Int] = [:]

    /// One code of each record.
    struct Column: Sendable {
        /// A column that is read is named by its expression; one that is joined is computed by it.
        let expression: Expression
        let domain: Int
        let derivation: Derivation?
    }

    struct Map: Sendable {
        let domain: Int
        let target: Int
        let derivation: Derivation
    }

    /// The layout for expressions, of which those in one group are held equal to each other somewhere.
    init(_ expressions: [Expression], equal groups: [[Expression]]) throws(ModelFault) {
        var order: [Expression] = []
        for expression in expressions where places[expression] == nil {
            places[expression] = order.count
            order.append(expression)
        }
        var sets = ConnectedComponents(count: order.count)
        for group in groups {
            let numbers = group.compactMap { places[$0] }
            for number in numbers.dropFirst() { _ = sets.join(UInt32(numbers[0]), UInt32(number)) }
        }
        try place(order, in: sets)
    }

    private mutating func place(_ order: [Expression], in sets: ConnectedComponents) throws(ModelFault) {
        var domainOf: [UInt32: Int] = [:]
        var sets = sets
        func domain(of number: Int) -> Int {
            let root = sets.label(of: UInt32(number))
            if let known = domainOf[root] { return known }
            domainOf[root] = domainOf.count
            return domainOf.count - 1
        }
        let found = order.indices.map { domain(of: $0) }
        domains = domainOf.count
        var slots: [Expression: Int] = [:]
        // Plain columns first, so that every other expression finds the one it is made of.
        for (number, expression) in order.enumerated() {
            guard case .column = expression else { continue }
            slots[expression] = columns.count
            columns.append(Column(expression: expression, domain: found[number], derivation: nil))
        }
        for (number, expression) in order.enumerated() {
            fields.append(try field(expression, domain: found[number], slots: &slots))
        }
    }

    private mutating func field(
        _ expression: Expression, domain: Int, slots: inout [Expression: Int]
    ) throws(ModelFault) -> Field {
        if let slot = slots[expression] { return Field(slot: slot, map: nil, domain: domain) }
        let names = expression.columns
        let derivation = try Derivation(expression)
        for name in names where slots[.column(name)] == nil {
            slots[.column(name)] = columns.count
            columns.append(Column(expression: .column(name), domain: domains, derivation: nil))
            domains += 1
        }
        guard names.count == 1, let slot = slots[.column(names[0])] else {
            slots[expression] = columns.count
            columns.append(Column(expression: expression, domain: domain, derivation: derivation))
            return Field(slot: columns.count - 1, map: nil, domain: domain)
        }
        maps.append(Map(domain: columns[slot].domain, target: domain, derivation: derivation))
        return Field(slot: slot, map: maps.count - 1, domain: domain)
    }

    /// The number of the field for an expression that the layout was made with.
    func field(_ expression: Expression) -> Int {
        guard let place = places[expression] else { preconditionFailure("No field for \(expression).") }
        return place
    }

    /// The place of a column that is read in a record.
    func slot(of name: String) -> Int {
        columns.firstIndex { $0.expression == .column(name) } ?? 0
    }

    /// The names of the columns that are read, in the order in which their values are given.
    var names: [String] {
        columns.compactMap { if case .column(let name) = $0.expression { name } else { nil } }
    }
}
