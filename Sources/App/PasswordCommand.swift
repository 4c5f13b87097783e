import ArgumentParser
import Foundation
import People
import Storage
import Values

/// Gives somebody a password: how the first administrator of a new installation gets in.
struct PasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Give somebody a password, read from the first line of the standard input.",
        discussion: """
            It works for anybody whom the staff list has and who has not left. The first administrator of a new \
            installation gets in by this; they give all others theirs in the product. \
            It is noted in the audit trail as done by nobody who was signed in.
            """)

    @Argument(help: "The username, as the staff list has it.")
    var username: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try await options.settings()
        // Where a path is mistyped nobody types a password in vain, and no database is made.
        try await Store.open(existing: settings.database).close()
        guard let password = readLine(strippingNewline: true), !password.isEmpty else {
            throw Refused("Type the password, or give it as the first line of the standard input.")
        }
        let store = try await Store.open(settings.database, migrations: Installation.migrations)
        let signIn = try SignIn(store: store, now: Clock.now, random: Chance.bytes, settings: SignIn.Settings())
        let now = Clock.now()
        do {
            guard
                let person = try await store.read({ [username] in
                    try Person.find(username: username, on: Day(now), in: $0)
                })
            else {
                throw Refused("Nobody has the username \"\(username)\". Import the staff list first.")
            }
            try await signIn.setPassword(of: person.id, to: password, by: Act(by: nil, at: now))
            try await store.close()
            print("\(person.name) can sign in with it now. They must then choose one of their own.")
        } catch {
            try await store.close()
            throw (error as? any Refusal).map { Refused($0.sentence) } ?? error
        }
    }

    /// Why nobody got a password, and how the command is written.
    private struct Refused: Error, CustomStringConvertible {
        let description: String

        init(_ sentence: String) {
            description = "\(sentence)\nUsage: \(App.usageString(for: PasswordCommand.self))"
        }
    }
}
