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

    /// As ArgumentParser does it, but for what a command finds wrong with its call only once it runs: with that goes the
    /// usage of this command, and not that of `touchdown`.
    static func main() async {
        var called: any ParsableCommand.Type = App.self
        do {
            var command = try await asyncParseAsRoot()
            called = type(of: command)
            if var patient = command as? any AsyncParsableCommand {
                try await patient.run()
            } else {
                try command.run()
            }
        } catch let error as ValidationError {
            let usage = usageString(for: called)
            let name = usage.split(separator: " ").prefix { $0.first?.isLetter == true }.joined(separator: " ")
            Terminal.complain(
                "\(error.message)\nUsage: \(usage)\n  See '\(name) --help' for more information.")
            exit(withError: ExitCode.validationFailure)
        } catch {
            exit(withError: error)
        }
    }
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
