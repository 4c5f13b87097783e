extension Derivation {
    /// The result of one step; nil when it is missing. May leave more behind the output than its piece.
    func piece(
        _ step: Int32, of values: UnsafeBufferPointer<Text?>, _ output: inout [UInt8]
    ) -> DerivationPiece? {
        switch steps[Int(step)] {
        case .column(let column): return values[Int(column)].map(DerivationPiece.init)
        case .text(let span):
            return written(&output) { $0 += constants[span.range] }
        case .substring(let from, let place, let count):
            guard let piece = piece(from, of: values, &output) else { return nil }
            return piece.part(
                piece.withBytes(in: output) { $0.characters(from: place, count: count, isASCII: piece.isASCII) })
        case .extract(let from, let pattern):
            guard let piece = piece(from, of: values, &output) else { return nil }
            return piece.withBytes(in: output) { patterns[Int(pattern)].find(in: $0) }.map(piece.part)
        case .trimmed(let from):
            guard let piece = piece(from, of: values, &output) else { return nil }
            return piece.part(piece.withBytes(in: output) { $0.withoutSpacesAround })
        case .element(let from, let place):
            guard let piece = piece(from, of: values, &output) else { return nil }
            return piece.withBytes(in: output) { $0.element(place) }.map(piece.part)
        case .nullIf(let from, let span):
            guard let piece = piece(from, of: values, &output) else { return nil }
            return piece.withBytes(in: output) { $0.elementsEqual(constants[span.range]) } ? nil : piece
        case .firstOf(let span):
            for part in parts[span.range] { if let piece = piece(part, of: values, &output) { return piece } }
            return nil
        case .joined(let span): return joined(parts[span.range], of: values, &output)
        case .changedCase, .replaced, .soundex, .doubleMetaphone, .date: return remade(step, of: values, &output)
        }
    }

    private func written(_ output: inout [UInt8], by body: (inout [UInt8]) -> Void) -> DerivationPiece {
        let mark = output.count
        body(&output)
        return DerivationPiece(output: output, from: mark, isASCII: false)
    }

    private func joined(
        _ parts: ArraySlice<Int32>, of values: UnsafeBufferPointer<Text?>, _ output: inout [UInt8]
    ) -> DerivationPiece? {
        let mark = output.count
        var isASCII = true
        for part in parts {
            let end = output.count
            guard let piece = piece(part, of: values, &output) else { return nil }
            isASCII = isASCII && piece.isASCII
            piece.settle(at: end, in: &output)
        }
        return DerivationPiece(output: output, from: mark, isASCII: isASCII)
    }

    /// The steps that make new text: their source is first settled in the output, and the new text follows it.
    private func remade(
        _ step: Int32, of values: UnsafeBufferPointer<Text?>, _ output: inout [UInt8]
    ) -> DerivationPiece? {
        let mark = output.count
        switch steps[Int(step)] {
        case .changedCase(let from, let isUpper):
            guard let piece = piece(from, of: values, &output) else { return nil }
            piece.settle(at: mark, in: &output)
            let start = output.changeCase(from: mark, isUpper: isUpper, isASCII: piece.isASCII)
            return DerivationPiece(output: output, from: start, isASCII: piece.isASCII)
        case .replaced(let from, let old, let new):
            guard let piece = piece(from, of: values, &output) else { return nil }
            guard old.count > 0, piece.withBytes(in: output, { $0.first(constants[old.range], from: 0) != nil })
            else { return piece }
            piece.settle(at: mark, in: &output)
            let start = output.replace(constants[old.range], with: constants[new.range], from: mark)
            return DerivationPiece(output: output, from: start, isASCII: false)
        case .soundex(let from):
            guard let piece = piece(from, of: values, &output) else { return nil }
            guard let code = piece.withBytes(in: output, { Soundex($0) }) else { return piece }
            return written(&output) { code.append(to: &$0) }
        case .doubleMetaphone(let from):
            guard let piece = piece(from, of: values, &output) else { return nil }
            let code = piece.withBytes(in: output) { DoubleMetaphone.primary(of: $0) }
            return written(&output) { code.append(to: &$0) }
        case .date(let from, let format):
            guard let piece = piece(from, of: values, &output),
                let date = piece.withBytes(in: output, { formats[Int(format)].date($0, isASCII: piece.isASCII) })
            else { return nil }
            return written(&output) { date.append(to: &$0) }
        default: return nil
        }
    }
}

extension DerivationStep.Span {
    fileprivate var range: Range<Int> { Int(start)..<Int(start + count) }
}
