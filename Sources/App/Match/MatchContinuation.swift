import ArgumentParser
import Foundation
import Matching

/// Whether a run keeps what is done, so that the same command goes on where it was stopped.
struct MatchContinuation: ParsableArguments {
    @Flag(
        name: .customLong("continue"),
        help: """
            Keep what is done in the work folder, and go on from there when the same command is given again. Needs \
            --work-folder.
            """)
    var isWanted = false

    /// Where in the work folder.
    static let folder = "touchdown-run"

    func validate(_ memory: MatchMemory) throws {
        guard isWanted, memory.workFolder == nil else { return }
        throw ValidationError("--continue needs --work-folder, the folder in which to keep what is done.")
    }

    /// The run as far as it is done; nil where nothing is to be kept.
    ///
    /// - Parameter settings: What else changes the links, by name.
    func run(of input: MatchInput, _ settings: [(name: String, value: String)]) throws -> SavedRun? {
        guard isWanted, let workFolder = input.memory.workFolder else { return nil }
        var parts = [SavedRun.Part("the version of touchdown", Version.text)]
        parts.append(try SavedRun.Part("the model \(input.model)", Self.contents(of: input.model)))
        for path in input.frequencyFiles(of: try input.readModel()) {
            parts.append(try SavedRun.Part("the file of frequencies \(path)", Self.contents(of: path)))
        }
        for source in try input.sources() {
            parts.append(try SavedRun.Part("the table \(source.name), \(source.path),", Self.look(of: source.path)))
        }
        parts.append(SavedRun.Part("--delimiter", input.delimiter ?? "none"))
        parts.append(SavedRun.Part("--table", input.table ?? "none"))
        let limits = settings + [("--memory", input.memory.blockBytes.map(String.init) ?? "none")]
        let run = try SavedRun(
            in: "\(workFolder)/\(Self.folder)", of: parts, limits: limits.map { SavedRun.Part($0.name, $0.value) })
        if run.isContinued { Terminal.note("Going on with the run that is kept in \(workFolder)/\(Self.folder).") }
        return run
    }

    /// What a small file says.
    private static func contents(of path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw MatchFault("\(path) cannot be read. Check that the file is there, and its permissions.")
        }
        return bytes.base64EncodedString()
    }

    /// A large file by its size, the moment of its last change, and how it begins.
    private static func look(of path: String) throws -> String {
        var status = stat()
        guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MatchFault(
                "\(path) can be read once only, so a run cannot go on with it. Give a file, or leave out --continue.")
        }
        guard let file = FileHandle(forReadingAtPath: path), let head = try file.read(upToCount: 4096) else {
            return "\(status.st_size)"
        }
        try file.close()
        let moment = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        return "\(status.st_size) bytes of \(moment): \(head.base64EncodedString())"
    }
}
