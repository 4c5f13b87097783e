import Values

/// How people live together.
struct Families {
    /// The share of people who live where the person before them lives, nine in ten of them with the same surname.
    var share = 0.0
    /// Of those, the shares that were born on the same day, have the same forename, and have one telephone and e-mail.
    var twins = 0.0
    var juniors = 0.0
    var contacts = 0.0
}

/// People who do not exist, and what offices wrote down about them: about 1.3 records each.
///
/// A block of people depends on the seed and its own number alone, so that fewer rows are the beginning of more.
struct Population {
    static let blockSize = 4_096

    let seed: UInt64
    let families: Families
    private let names = Names()
    private let slips = Slips()

    init(seed: UInt64, families: Families) {
        self.seed = seed
        self.families = families
    }

    /// All records of a block's people, in a random order.
    func records(ofBlock block: Int) -> [Record] {
        var chance = SeededChance(seed: seed &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(block) &* 0xd6e8_feb8_6659_fd93)
        var records: [Record] = []
        records.reserveCapacity(Self.blockSize * 3 / 2)
        var family = Record(person: 0)
        for number in 0..<Self.blockSize {
            let isAlone = number == 0 || !chance.happens(families.share)
            family = person(block * Self.blockSize + number, of: isAlone ? nil : family, &chance)
            records.append(family)
            for _ in 0..<duplicates(&chance) { records.append(another(family, &chance)) }
        }
        for place in records.indices { loseSomething(&records[place], &chance) }
        records.shuffle(using: &chance)
        return records
    }

    private func duplicates(_ chance: inout SeededChance) -> Int {
        switch chance.below(1_000) {
        case ..<784: 0
        case ..<934: 1
        case ..<984: 2
        default: 3
        }
    }

    // MARK: - A person

    private func person(_ number: Int, of family: Record?, _ chance: inout SeededChance) -> Record {
        var person = Record(person: number)
        person.isFemale = chance.below(2) == 0
        let forenames = person.isFemale ? names.women : names.men
        person.firstName = forenames.text(&chance)
        if chance.happens(0.6) { person.middleName = forenames.text(&chance) }
        person.surname = family.flatMap { chance.happens(0.9) ? $0.surname : nil } ?? surname(&chance)
        person.birth = birthday(&chance)
        person.address = family?.address ?? address(&chance)
        if chance.happens(0.75) { person.email = email(of: person, &chance) }
        person.phone = phone(&chance)
        person.nino = insuranceNumber(&chance)
        if let family { share(family, with: &person, &chance) }
        return person
    }

    /// What relatives have in common beside name and address, where that is asked for.
    private func share(_ family: Record, with person: inout Record, _ chance: inout SeededChance) {
        if families.twins > 0, chance.happens(families.twins) { person.birth = family.birth }
        if families.juniors > 0, chance.happens(families.juniors) {
            person.firstName = family.firstName
            person.surname = family.surname
            person.isFemale = family.isFemale
        }
        if families.contacts > 0, chance.happens(families.contacts) {
            person.email = family.email
            person.phone = family.phone
        }
    }

    private func surname(_ chance: inout SeededChance) -> Bytes {
        let name = names.surnames.text(&chance)
        guard chance.happens(0.025) else { return name }
        return name + [UInt8(ascii: "-")] + names.surnames.text(&chance)
    }

    /// From 1935 to 2007, most about 1980.
    private func birthday(_ chance: inout SeededChance) -> Birthday {
        let year = 1935 + (chance.below(37) + chance.below(37) + max(chance.below(37), chance.below(37))) * 2 / 3
        let month = 1 + chance.below(12)
        let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return Birthday(year: year, month: month, day: 1 + chance.below(days))
    }

    private func address(_ chance: inout SeededChance) -> Address {
        let town = names.towns.place(&chance)
        var street: Bytes = []
        if chance.happens(0.12) {
            street += Array("flat ".utf8)
            street.append(decimal: 1 + chance.below(30))
            street += Array(", ".utf8)
        }
        street.append(decimal: 1 + min(chance.below(60), chance.below(250)))
        street.append(UInt8(ascii: " "))
        street += names.streets.text(&chance)
        return Address(street: street, town: names.towns.texts[town], postcode: postcode(inTown: town, &chance))
    }

    /// A town has a district of its own, or two.
    private func postcode(inTown town: Int, _ chance: inout SeededChance) -> Bytes {
        let letters = Array("ABDEFGHJLNPQRSTUWXYZ".utf8)
        var postcode = names.areas[town % names.areas.count]
        postcode.append(decimal: 1 + town / names.areas.count + (chance.below(2) == 0 ? 0 : 20))
        postcode.append(UInt8(ascii: " "))
        postcode.append(chance.digit())
        postcode.append(chance.any(of: letters))
        postcode.append(chance.any(of: letters))
        return postcode
    }

    private func email(of person: Record, _ chance: inout SeededChance) -> Bytes {
        var email = chance.below(4) == 0 ? [person.firstName[0]] : person.firstName
        if chance.below(3) > 0 { email.append(UInt8(ascii: ".")) }
        email += person.surname.filter { $0 != UInt8(ascii: "-") }
        if chance.below(3) > 0 { email.append(decimal: 1 + chance.below(99)) }
        return email + [UInt8(ascii: "@")] + chance.any(of: names.providers)
    }

    private func phone(_ chance: inout SeededChance) -> Bytes {
        var phone = Array("07".utf8)
        for _ in 0..<9 { phone.append(chance.digit()) }
        return phone
    }

    private func insuranceNumber(_ chance: inout SeededChance) -> Bytes {
        let letters = Array("ABCEGHJKLMNPRSTWXYZ".utf8)
        var number = [chance.any(of: letters), chance.any(of: letters)]
        for _ in 0..<6 { number.append(chance.digit()) }
        number.append(UInt8(65 + chance.below(4)))
        return number
    }

    // MARK: - Written down again

    /// The same person as another office has it: older, hurried or misheard.
    private func another(_ person: Record, _ chance: inout SeededChance) -> Record {
        var record = person
        changeNames(&record, &chance)
        switch chance.below(1_000) {
        case ..<45: record.birth.text = slips.misread(record.birth.text, &chance)
        case ..<60: record.birth = record.birth.swapped
        case ..<67: record.birth = record.birth.yearAlone
        default: break
        }
        changeAddress(&record, &chance)
        changeContact(&record, &chance)
        if chance.happens(0.03) { record.nino = slips.misread(record.nino, &chance) }
        return record
    }

    private func changeNames(_ record: inout Record, _ chance: inout SeededChance) {
        switch chance.below(1_000) {
        case ..<110: record.firstName = names.forms[record.firstName].map { chance.any(of: $0) } ?? record.firstName
        case ..<135: record.firstName = [record.firstName[0]]
        case ..<200: record.firstName = slips.slipped(record.firstName, &chance)
        default: break
        }
        switch chance.below(1_000) {
        case ..<220: record.middleName = []
        case ..<400: record.middleName = Array(record.middleName.prefix(1))
        default: break
        }
        if record.isFemale, chance.happens(0.055) {
            record.surname = surname(&chance)
        } else if chance.happens(0.08) {
            record.surname = slips.slipped(record.surname, &chance)
        }
        if chance.happens(0.014) { swap(&record.firstName, &record.surname) }
    }

    private func changeAddress(_ record: inout Record, _ chance: inout SeededChance) {
        if chance.happens(0.2) {
            record.address = address(&chance)
            return
        }
        if chance.happens(0.13) { record.address.street = slips.slipped(record.address.street, &chance) }
        if chance.happens(0.05) { record.address.town = slips.slipped(record.address.town, &chance) }
        if chance.happens(0.05) { record.address.postcode = slips.misread(record.address.postcode, &chance) }
    }

    private func changeContact(_ record: inout Record, _ chance: inout SeededChance) {
        if let at = record.email.firstIndex(of: UInt8(ascii: "@")) {
            let (user, provider) = (Array(record.email[..<at]), Array(record.email[at...]))
            if chance.happens(0.07) {
                record.email = slips.slipped(user, &chance) + provider
            } else if chance.happens(0.11) {
                record.email = user + [UInt8(ascii: "@")] + chance.any(of: names.providers)
            }
        }
        switch chance.below(100) {
        case ..<15: record.phone = phone(&chance)
        case ..<19: record.phone = slips.misread(record.phone, &chance)
        default: break
        }
    }

    /// Any record may lack anything.
    private func loseSomething(_ record: inout Record, _ chance: inout SeededChance) {
        if chance.happens(0.01) { record.firstName = [] }
        if chance.happens(0.005) { record.surname = [] }
        if chance.happens(0.035) { record.hasBirth = false }
        if chance.happens(0.05) { record.hasSex = false }
        if chance.happens(0.06) { record.hasStreet = false }
        if chance.happens(0.07) { record.hasTown = false }
        if chance.happens(record.hasStreet ? 0.05 : 0.5) { record.hasPostcode = false }
        if chance.happens(0.22) { record.email = [] }
        if chance.happens(0.33) { record.phone = [] }
        if chance.happens(0.45) { record.nino = [] }
    }
}
