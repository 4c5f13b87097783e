/// A part of a key that is made of an array's elements: a record has it once for each of them.
///
/// Two records agree in it when any of their elements do.
struct ExplodedKey: Sendable {
    let left, right: ElementCodes
    /// Whether it is the same on either side.
    let isSame: Bool
    /// The texts of the elements that the records have.
    private let vocabulary: Vocabulary

    /// Columns that are not to be exploded count as arrays of one element.
    init(_ pair: BlockingRule.KeyPair, exploding columns: [String], of records: Records) throws(ModelFault) {
        var vocabulary = Vocabulary()
        isSame = pair.left == pair.right
        left = try ElementCodes(pair.left, columns, of: records, into: &vocabulary)
        right = isSame ? left : try ElementCodes(pair.right, columns, of: records, into: &vocabulary)
        vocabulary.close()
        self.vocabulary = vocabulary
    }

    /// The lowest element that two columns' codes share; nil when they share none.
    func common(_ one: UInt32, _ other: UInt32) -> UInt32? {
        let (lefts, rights) = (left[one], right[other])
        var (first, second) = (lefts.startIndex, rights.startIndex)
        while first < lefts.endIndex, second < rights.endIndex {
            if lefts[first] == rights[second] { return lefts[first] }
            if lefts[first] < rights[second] { first += 1 } else { second += 1 }
        }
        return nil
    }

    /// The codes of the elements of an array that need not be a record's; what no record has is left out.
    func codes(of array: [UInt8], areRight: Bool) -> [UInt32] {
        var output: [UInt8] = []
        var codes: Set<UInt32> = []
        (array + [0]).withUnsafeBufferPointer { buffer in
            guard let text = Text(of: UnsafeBufferPointer(rebasing: buffer.dropLast())) else { return }
            (areRight ? right : left).eachElement(of: text, &output) { element in
                if let code = vocabulary.found(element) { codes.insert(code) }
            }
        }
        return codes.sorted()
    }

    /// An element's text.
    func text(of code: UInt32) -> String { vocabulary.string(code) ?? "" }
}

/// The elements of each array of a column, as codes in rising order, each once.
struct ElementCodes: Sendable {
    let slot: Int
    let column: String
    private let isArray: Bool
    private let derivation: Derivation?
    private var starts: [Int] = [0, 0]
    private var codes: [UInt32] = []

    /// `expression` is of one column, and means a single element of it where that is an array.
    init(
        _ expression: Expression, _ exploding: [String], of records: Records, into vocabulary: inout Vocabulary
    ) throws(ModelFault) {
        column = expression.columns[0]
        isArray = exploding.contains(column)
        slot = records.layout.slot(of: column)
        derivation = expression == .column(column) ? nil : try Derivation(expression)
        let arrays = records.vocabularies[records.layout.columns[slot].domain]
        starts.reserveCapacity(arrays.count + 2)
        var output: [UInt8] = []
        var found: [UInt32] = []
        arrays.withTexts { texts in
            for code in 1..<UInt32(max(1, texts.count)) {
                found.removeAll(keepingCapacity: true)
                eachElement(of: texts[code], &output) { element in
                    if let code = vocabulary.code(of: element), !found.contains(code) { found.append(code) }
                }
                codes += found.sorted()
                starts.append(codes.count)
            }
        }
    }

    /// The elements of an array's code.
    subscript(code: UInt32) -> ArraySlice<UInt32> {
        codes[starts[Int(code)]..<starts[Int(code) + 1]]
    }

    fileprivate func eachElement(of array: Text, _ output: inout [UInt8], _ body: (Text) -> Void) {
        guard isArray else { return make(array, &output, body) }
        var elements = Elements(array)
        while let element = elements.next() { make(element, &output, body) }
    }

    private func make(_ element: Text, _ output: inout [UInt8], _ body: (Text) -> Void) {
        guard let derivation else { return body(element) }
        output.removeAll(keepingCapacity: true)
        guard derivation.append(element, to: &output) else { return }
        output.withUnsafeBufferPointer { body(Text(of: $0) ?? Text.empty) }
    }
}
