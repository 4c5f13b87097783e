import ArgumentParser
import Foundation
import People
import Storage
import Values

/// Serves an invented body, with simulated customers and advisers, to try everything on.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Serve an invented public body on this machine, to try everything on.")

    @Option(name: .long, help: "The port.")
    var port = 8080

    @Option(name: .long, help: "The folder for the data, kept. Default: a throw-away folder.")
    var data: String?

    @Flag(name: .long, help: "No simulated customers and advisers.")
    var quiet = false

    @Option(name: .long, help: "Write all sign-ins as JSON to this file: role, username, password.")
    var signIns: String?

    @Option(name: .long, help: "How many staff the body has.")
    var staff = 1_200

    @Option(name: .long, help: "How many contacts the body has had in the last weeks.")
    var history = 12_000

    @Option(name: .long, help: "The address to serve on: a loopback address, because everybody knows the passwords.")
    var host = "127.0.0.1"

    func validate() throws {
        try Setting.checkPort(port)
        guard (8...200_000).contains(staff) else { throw ValidationError("--staff takes a number from 8 to 200000.") }
        guard (0...5_000_000).contains(history) else {
            throw ValidationError("--history takes a number from 0 to 5000000.")
        }
    }

    func run() async throws {
        var settings = Settings()
        settings.host = host
        guard settings.isLoopback else {
            throw ValidationError(
                "The demo's passwords are known to everybody, so it is served on a loopback address only, not on \(host)."
            )
        }
        settings.port = port
        settings.body = "Revenue Demo"
        settings.logLevel = "warning"
        settings.startsPerMinute = 100_000
        let folder = try folder()
        do {
            try await serve(&settings, in: folder)
        } catch {
            throwAway(folder)
            throw error
        }
        throwAway(folder)
    }

    private func serve(_ settings: inout Settings, in folder: URL) async throws {
        settings.database = .sqlite(path: folder.appending(path: "demo.sqlite").path)
        say("Making the demo body: \(staff) staff, 6 queues, \(history) past contacts …")
        let installation = try await Installation(settings, cost: .least)
        let ways = try await waysIn(installation)
        if let signIns { try write(ways, to: signIns) }
        let traffic = quiet ? nil : DemoTraffic(ways: ways, settings: settings)
        try await installation.run(with: traffic.map { [$0] } ?? []) { [settings, ways, folder] port in
            guide(settings, port: port, ways: ways, folder: folder)
            traffic?.begin(port: port)
        }
    }

    /// Only a folder that nobody named goes.
    private func throwAway(_ folder: URL) {
        if data == nil { try? FileManager.default.removeItem(at: folder) }
    }

    /// Fills an empty folder; a body that is there already is used as it is.
    private func waysIn(_ installation: Installation) async throws -> [DemoBody.WayIn] {
        let now = Clock.now()
        let isFilled = try await installation.store.read { transaction in
            try transaction.row("SELECT value FROM installation WHERE name = 'demo'") != nil
        }
        let body = DemoBody(staff: staff, today: Day(now), now: now)
        if isFilled { return body.ways() }
        let ways = try await body.fill(installation)
        try await DemoHistory(contacts: history, until: now, logger: installation.logger)
            .write(to: installation.store)
        return ways
    }

    private func folder() throws -> URL {
        let folder =
            data.map { URL(filePath: $0) }
            ?? FileManager.default.temporaryDirectory.appending(
                path: "touchdown-demo-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ValidationError("The folder \(folder.path) cannot be made. Name another with --data.")
        }
        return folder
    }

    private func write(_ ways: [DemoBody.WayIn], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let bytes = try encoder.encode(ways)
        do {
            try bytes.write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw ValidationError("The file \(path) cannot be written. Name another with --sign-ins.")
        }
    }

    private func guide(_ settings: Settings, port: Int, ways: [DemoBody.WayIn], folder: URL) {
        let address = settings.address(port: port)
        var lines = ["", "Touchdown is ready.", "", "  Customers    \(address)/"]
        lines.append("               \(address)/chat/cymraeg   (reaches only advisers who sign in by hand)")
        lines.append("  Staff        \(address)/sign-in        password for all: \(DemoBody.password)")
        for role in Role.allCases {
            guard let way = ways.first(where: { $0.role == role.rawValue }) else { continue }
            let label = role.label.padding(toLength: 18, withPad: " ", startingAt: 0)
            lines.append("               \(label) \(way.username)")
        }
        lines.append("")
        lines.append("  Data         \(folder.path)\(data == nil ? "  (thrown away at the end)" : "")")
        lines.append("  Stop with Ctrl-C.")
        say(lines.joined(separator: "\n"))
    }

    private func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
