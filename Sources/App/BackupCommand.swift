import ArgumentParser
import Foundation
import Storage

/// Writes a copy of everything while the server goes on serving.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write a copy of everything to a new file, while the server goes on.")

    @Argument(help: "The new file.")
    var file: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try await options.settings()
        let store = try await Store.open(existing: settings.database)
        do {
            try await store.backUp(to: file)
        } catch {
            try await store.close()
            throw error
        }
        try await store.close()
        print("Backed up to \(file).")
    }
}
