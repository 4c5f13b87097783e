import CPostgreSQL

/// Where a PostgreSQL database is, as libpq understands it. What it says about itself never holds the password.
struct PostgreSQLAddress: Sendable {
    /// As it stands in the configuration.
    let text: String
    /// What it says, by libpq's keywords.
    private let options: [String: String]
    /// The same by the variables in which libpq's own commands look for it.
    let environment: [String: String]

    /// - Throws: `StorageFault.unreachable` when it cannot be read. It is not repeated there, since it may hold a password.
    init(_ text: String) throws {
        self.text = text
        guard let parsed = PQconninfoParse(text, nil) else {
            throw StorageFault.unreachable(
                "The address of the PostgreSQL database cannot be read. Write postgresql://user@host:5432/name.")
        }
        defer { PQconninfoFree(parsed) }
        var options: [String: String] = [:]
        var environment: [String: String] = [:]
        var next = parsed
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val {
                options[String(cString: keyword)] = String(cString: value)
                if let variable = next.pointee.envvar {
                    environment[String(cString: variable)] = String(cString: value)
                }
            }
            next += 1
        }
        self.options = options
        self.environment = environment
    }

    /// The same server and user, another database.
    func with(database: String) -> String {
        options.merging(["dbname": database]) { $1 }.sorted { $0.key < $1.key }.map { keyword, value in
            let escaped = value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
            return "\(keyword)='\(String(escaped))'"
        }.joined(separator: " ")
    }

    /// A message without the password, should it be in there.
    func withoutPassword(_ message: String) -> String {
        guard let password = options["password"], !password.isEmpty else { return message }
        return message.split(separator: password, omittingEmptySubsequences: false).joined(separator: "…")
    }

    /// A sentence with the place, what is wrong, and what to do.
    func fault(_ problem: String, _ remedy: String) -> StorageFault {
        .unreachable("\(self) cannot be used: \(withoutPassword(problem)). \(remedy)")
    }
}

extension PostgreSQLAddress: CustomStringConvertible {
    var description: String {
        let host = options["host"] ?? options["hostaddr"] ?? "this computer"
        let name = options["dbname"] ?? options["user"] ?? "of the user's name"
        return "The PostgreSQL database \(name) on \(host)"
    }
}
