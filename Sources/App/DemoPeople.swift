import People

/// Invented staff: the same ones every time.
struct DemoPeople: Sendable {
    struct One: Sendable {
        let name: String
        let username: String
        let role: Role
        /// Places in `DemoBody.skills`.
        let skills: [Int]
    }

    let people: [One]

    /// The first of each role have names that the guide mentions.
    private static let known: [(name: String, role: Role, skills: [Int])] = [
        ("Amina Yusuf", .adviser, [0, 1, 5]),
        ("Bram de Vries", .adviser, [1, 2, 5]),
        ("Carys Morgan", .team_leader, []),
        ("Dana Okafor", .planner, []),
        ("Emre Aydin", .analyst, []),
        ("Fiona Campbell", .workplace_officer, []),
        ("Gwen Hughes", .administrator, []),
        ("Hamid Rahimi", .auditor, []),
    ]

    private static let forenames = [
        "Aled", "Beatrix", "Callum", "Deepa", "Eilidh", "Farah", "Gareth", "Hana", "Imran", "Joan", "Kofi", "Leah",
        "Mairi", "Nia", "Owen", "Priya", "Quinn", "Rhys", "Sana", "Tomos", "Uma", "Viktor", "Winnie", "Xenia", "Yusra",
        "Zofia", "Ailsa", "Bilal", "Ceri", "Dougal", "Esme", "Finlay", "Gita", "Huw", "Isla", "Jaspal", "Katya",
    ]
    private static let surnames = [
        "Abbott", "Begum", "Carver", "Duffy", "Evans", "Fraser", "Grewal", "Hobbs", "Iqbal", "Jenkins", "Kaur", "Lloyd",
        "Mistry", "Nolan", "Osei", "Pritchard", "Quigley", "Reid", "Shah", "Tierney", "Underhill", "Vaughan", "Walsh",
        "Yates", "Zaman", "Ashworth", "Birch", "Cowan", "Dewar", "Elphick", "Forde",
    ]

    init(count: Int) {
        var people = DemoPeople.known.prefix(count).map { one in
            One(name: one.name, username: DemoPeople.username(one.name, nil), role: one.role, skills: one.skills)
        }
        var index = 0
        while people.count < count {
            let forename = DemoPeople.forenames[index % DemoPeople.forenames.count]
            let surname = DemoPeople.surnames[index / DemoPeople.forenames.count % DemoPeople.surnames.count]
            let round = index / (DemoPeople.forenames.count * DemoPeople.surnames.count)
            let name = "\(forename) \(surname)"
            // One in twelve leads a team. Nobody here speaks Welsh at work: that queue is for those who look in.
            let isLeader = index % 12 == 11
            let first = index % 5
            people.append(
                One(
                    name: name, username: DemoPeople.username(name, round == 0 ? nil : round + 1),
                    role: isLeader ? .team_leader : .adviser,
                    skills: isLeader ? [] : Array(Set([first, (first + 1 + index / 5 % 3) % 5])).sorted()))
            index += 1
        }
        self.people = people
    }

    private static func username(_ name: String, _ number: Int?) -> String {
        name.lowercased().replacing(" ", with: ".") + (number.map(String.init) ?? "")
    }
}
