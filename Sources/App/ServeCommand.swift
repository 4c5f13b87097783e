import ArgumentParser
import Foundation
import Storage

/// Serves the product.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve the product until stopped.")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try await options.settings()
        let installation = try await Installation(settings)
        try await DemoSignIns.refuseOutside(settings, installation.store)
        try await installation.run { port in
            print("Touchdown serves on \(settings.address(port: port))")
        }
    }
}

/// Where the settings come from.
struct SettingsOptions: ParsableArguments {
    @Option(name: .long, help: "The file with the settings (YAML or JSON). Default: touchdown.yaml, if it is here.")
    var settings: String?

    @Option(name: .long, help: "The port, instead of the one in the settings.")
    var port: Int?

    func validate() throws {
        try Setting.checkPort(port)
    }

    func settings() async throws -> Settings {
        var read = try await Settings.read(file: settings, environment: ProcessInfo.processInfo.environment)
        if let port { read.port = port }
        return read
    }
}

/// The sign-ins of a demo body are known to everybody: they may be used on this machine only.
enum DemoSignIns {
    static func refuseOutside(_ settings: Settings, _ store: Store) async throws {
        let isDemo = try await store.read { transaction in
            try transaction.row("SELECT value FROM installation WHERE name = 'demo'") != nil
        }
        guard isDemo, !settings.isLoopback else { return }
        throw ValidationError(
            """
            This database holds a demo body, whose passwords everybody knows, so it is served on a loopback address only. \
            Set server.host to 127.0.0.1, or serve another database.
            """)
    }

    static func mark(in transaction: Transaction) throws {
        try transaction.run("INSERT INTO installation (name, value) VALUES ('demo', 'yes') ON CONFLICT DO NOTHING")
    }
}
