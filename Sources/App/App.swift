import ArgumentParser

/// The `touchdown` command.
@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "touchdown",
        abstract: "A platform with which a large public body works from anywhere.",
        version: Version.text,
        subcommands: [
            ServeCommand.self, DemoCommand.self, ImportCommand.self, PasswordCommand.self, BackupCommand.self,
            CheckCommand.self, MatchCommand.self, PlanCommand.self, VersionCommand.self,
        ])
}

/// Prints what is installed.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() {
        print(Version.text)
    }
}

enum Version {
    static let text = "0.1.0"
}
