/// The ladder of the British postcode: SW1A 1AA (unit), SW1A 1 (sector), SW1A (district), SW (area).
///
/// Lower case, and spaces that are missing or too many, do no harm. What is not a postcode is missing. A postcode that
/// stops after its district or sector still has these; without a space only a whole postcode is read, because nobody
/// can tell whether M11 is a district or the sector M1 1.
extension Expression {
    /// Its outward half. GIR 0AA, once a bank's own, is the only one of another form.
    private static let outward = "(?:[A-Z]{1,2}[0-9][A-Z0-9]?|GIR)"

    /// All of it, such as `SW1A 1AA`.
    public static func postcodeUnit(of text: Expression) -> Expression {
        let whole = withoutSpaces(text)
        return .joined([
            .extract(whole, pattern: "^(\(outward))[0-9][A-Z]{2}$", group: 1), .text(" "),
            .extract(whole, pattern: "^\(outward)([0-9][A-Z]{2})$", group: 1),
        ])
    }

    /// Up to the digit after the space, such as `SW1A 1`.
    public static func postcodeSector(of text: Expression) -> Expression {
        let whole = withoutSpaces(text)
        let spaced = Expression.trimmed(.uppercased(text))
        let cut = "^(\(outward)) +[0-9][A-Z]?$"
        return .firstOf([
            .joined([
                .extract(whole, pattern: "^(\(outward))[0-9][A-Z]{2}$", group: 1), .text(" "),
                .extract(whole, pattern: "^\(outward)([0-9])[A-Z]{2}$", group: 1),
            ]),
            .joined([
                .extract(spaced, pattern: cut, group: 1), .text(" "),
                .extract(spaced, pattern: "^\(outward) +([0-9])[A-Z]?$", group: 1),
            ]),
        ])
    }

    /// Up to the space, such as `SW1A`.
    public static func postcodeDistrict(of text: Expression) -> Expression {
        .firstOf([
            .extract(withoutSpaces(text), pattern: "^(\(outward))[0-9][A-Z]{2}$", group: 1),
            .extract(.trimmed(.uppercased(text)), pattern: "^(\(outward))(?: +[0-9][A-Z]?)?$", group: 1),
        ])
    }

    /// Its letters, such as `SW`.
    public static func postcodeArea(of text: Expression) -> Expression {
        .extract(postcodeDistrict(of: text), pattern: "^[A-Z]+", group: 0)
    }

    private static func withoutSpaces(_ text: Expression) -> Expression {
        .replaced(.uppercased(text), " ", with: "")
    }
}
