/// Values that a model wants as dates, numbers or places, and that are none.
public struct UnreadValues: Equatable, Sendable {
    /// What a value is read as.
    public enum Reading: Hashable, Sendable {
        /// A date in one of these formats of `strptime`.
        case date(formats: [String])
        case number
        /// "latitude,longitude"
        case place
    }

    /// What is read, as SQL writes it: mostly the name of a column.
    public var value: String
    public var reading: Reading
    /// The records that have a value, and those of them whose value cannot be read.
    public var filled, unread: Int
    /// The value that most often cannot be read, and in how many records it stands.
    public var example: String
    public var exampleRecords: Int

    /// Whether it is more than slips: at least one in a thousand.
    public var isMany: Bool { unread * 1_000 >= filled }

    private var consequence: String {
        if case .date = reading { return "As dates they count as missing." }
        return "No level that measures how far apart they are can hold for them."
    }

    /// What an analyst should know.
    public var sentence: String {
        let kind =
            switch reading {
            case .date(let formats): "dates in the format \(formats.joined(separator: " or "))"
            case .number: "numbers"
            case .place: "places (latitude,longitude)"
            }
        return """
            \(value): \(unread) of \(filled) values cannot be read as \(kind), most often "\(example.prefix(40))" \
            (\(exampleRecords == 1 ? "once" : "\(exampleRecords) times")). \(consequence)
            """
    }
}

extension Records {
    /// What the comparisons of a model cannot read, value by value in their order.
    public func unreadValues(of model: Model) -> [UnreadValues] {
        var wishes = ReadingWishes()
        for comparison in model.comparisons {
            for level in comparison.levels { wishes.read(level.condition) }
        }
        return wishes.all.compactMap(unread)
    }

    private func unread(_ wish: ReadingWishes.Wish) -> UnreadValues? {
        let field = field(of: wish.expression)
        let counts = counts(of: field)
        let reader = ValueReader(wish.reading)
        var (unread, most) = (0, (code: UInt32(0), records: UInt32(0)))
        vocabularies[field.domain].withTexts { texts in
            for code in 1..<max(1, UInt32(counts.byCode.count)) {
                let records = counts.byCode[Int(code)]
                guard records > 0, !reader.reads(texts[code]) else { continue }
                unread += Int(records)
                if records > most.records { most = (code, records) }
            }
        }
        guard unread > 0, let example = vocabularies[field.domain].string(most.code) else { return nil }
        return UnreadValues(
            value: (try? wish.expression.sql()) ?? "A value", reading: wish.reading, filled: counts.total,
            unread: unread, example: example, exampleRecords: Int(most.records))
    }

    private func field(of expression: Expression) -> Field {
        guard case .column(let name) = expression else { return layout.fields[layout.field(expression)] }
        let slot = layout.slot(of: name)
        return Field(slot: slot, map: nil, domain: layout.columns[slot].domain)
    }
}

/// Reads values in one way.
private struct ValueReader {
    private let reading: UnreadValues.Reading
    private let formats: [DateFormat]

    init(_ reading: UnreadValues.Reading) {
        self.reading = reading
        if case .date(let written) = reading { formats = written.compactMap { DateFormat($0) } } else { formats = [] }
    }

    func reads(_ text: Text) -> Bool {
        switch reading {
        case .date: formats.contains { $0.seconds(text) != nil }
        case .number: Number.read(text) != nil
        case .place: GeographicDistance.isPlace(text)
        }
    }
}

/// Collects what conditions read, and as what; each once.
private struct ReadingWishes {
    struct Wish: Hashable {
        var expression: Expression
        var reading: UnreadValues.Reading
    }

    private(set) var all: [Wish] = []

    mutating func read(_ condition: Condition) {
        for operand in condition.operands { read(operand.expression) }
        condition.visitMeasures { measure, operands in
            guard let reading = UnreadValues.Reading(measure) else { return }
            for operand in operands { add(operand.expression, reading) }
        }
    }

    private mutating func read(_ expression: Expression) {
        if let (column, formats) = expression.dates { add(column, .date(formats: formats)) }
    }

    private mutating func add(_ expression: Expression, _ reading: UnreadValues.Reading) {
        // What is made of a date is one, or missing; and what is joined of parts is as good as they are.
        if expression.dates != nil { return }
        let wish = Wish(expression: expression, reading: reading)
        if !all.contains(wish) { all.append(wish) }
    }
}

extension UnreadValues.Reading {
    fileprivate init?(_ measure: Measure) {
        switch measure {
        case .days(let format), .months(let format), .years(let format): self = .date(formats: [format])
        case .difference, .relativeDifference: self = .number
        case .kilometres: self = .place
        default: return nil
        }
    }
}

extension Expression {
    /// The column that is read as a date, in the first of some formats that fits.
    var dates: (column: Expression, formats: [String])? {
        switch self {
        case .date(let column, let format):
            if case .column = column { return (column, [format]) }
            return column.dates
        case .firstOf(let parts):
            let read = parts.compactMap(\.dates)
            guard read.count == parts.count, let first = read.first, read.allSatisfy({ $0.column == first.column })
            else { return nil }
            return (first.column, read.flatMap(\.formats))
        default: return nil
        }
    }
}
