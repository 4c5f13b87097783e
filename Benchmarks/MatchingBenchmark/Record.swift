/// The columns of the file, in their order.
enum Column: String, CaseIterable {
    case number = "unique_id"
    case firstName = "first_name"
    case middleName = "middle_name"
    case surname, dob, sex, address, town, postcode, email, phone, nino, cluster
}

/// A text in bytes: what is written a hundred million times is not made of characters.
typealias Bytes = [UInt8]

/// What one office once wrote down about a person; empty is missing.
struct Record {
    var person: Int
    var firstName: Bytes = []
    var middleName: Bytes = []
    var surname: Bytes = []
    var birth = Birthday()
    var hasBirth = true
    var isFemale = false
    var hasSex = true
    var address = Address()
    var hasTown = true
    var hasStreet = true
    var hasPostcode = true
    var email: Bytes = []
    var phone: Bytes = []
    var nino: Bytes = []

    /// Writes the record as a line of CSV.
    func append(to text: inout Bytes, number: Int) {
        text.append(decimal: number)
        append(firstName, to: &text)
        append(middleName, to: &text)
        append(surname, to: &text)
        text.append(UInt8(ascii: ","))
        if hasBirth { text.append(contentsOf: birth.text) }
        text.append(UInt8(ascii: ","))
        if hasSex { text.append(isFemale ? UInt8(ascii: "f") : UInt8(ascii: "m")) }
        append(hasStreet ? address.street : [], to: &text)
        append(hasTown ? address.town : [], to: &text)
        append(hasPostcode ? address.postcode : [], to: &text)
        append(email, to: &text)
        append(phone, to: &text)
        append(nino, to: &text)
        text.append(UInt8(ascii: ","))
        text.append(decimal: person)
        text.append(UInt8(ascii: "\n"))
    }

    private func append(_ value: Bytes, to text: inout Bytes) {
        text.append(UInt8(ascii: ","))
        let isQuoted = value.contains(UInt8(ascii: ","))
        if isQuoted { text.append(UInt8(ascii: "\"")) }
        text.append(contentsOf: value)
        if isQuoted { text.append(UInt8(ascii: "\"")) }
    }
}

/// Where somebody lives.
struct Address {
    var street: Bytes = []
    var town: Bytes = []
    var postcode: Bytes = []
}

/// A day of birth, as digits that may be wrong.
struct Birthday {
    /// `yyyy-mm-dd`
    var text: Bytes = []

    init() {}

    init(year: Int, month: Int, day: Int) {
        text.reserveCapacity(10)
        text.append(decimal: year)
        for part in [month, day] {
            text.append(UInt8(ascii: "-"))
            text.append(UInt8(48 + part / 10))
            text.append(UInt8(48 + part % 10))
        }
    }

    /// Day and month exchanged, where that is a date too.
    var swapped: Birthday {
        guard text[8] == 48 || (text[8] == 49 && text[9] <= 50) else { return self }
        var other = self
        other.text.replaceSubrange(5..<7, with: text[8..<10])
        other.text.replaceSubrange(8..<10, with: text[5..<7])
        return other
    }

    /// The first of January, as is written where only the year is known.
    var yearAlone: Birthday {
        var other = self
        other.text.replaceSubrange(5..<10, with: Array("01-01".utf8))
        return other
    }
}

extension Bytes {
    mutating func append(decimal number: Int) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(48 + number % 10))
    }
}
