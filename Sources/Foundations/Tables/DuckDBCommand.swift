import Foundation

/// The `duckdb` command, run as a child.
///
/// It is found on the PATH. It reads none of its user's start-up files, gets nothing on its standard input, and its
/// complaints go to a file without a name, so that however many there are, it never waits for us to read them.
final class DuckDBCommand {
    private let process = Process()
    private let complaints: UnsafeMutablePointer<FILE>
    private let format: String
    private let command: String
    private let file: String

    /// Starts the command.
    /// - Parameters:
    ///   - statement: The SQL that it runs.
    ///   - output: Where its standard output goes.
    ///   - format: What it is needed for, to say so where it is missing.
    ///   - file: The table's file, as its user named it.
    init(
        _ command: String, running statement: String, output: FileHandle, for format: String, in file: String
    ) throws(TableFault) {
        self.command = command
        self.format = format
        self.file = file
        guard let complaints = tmpfile() else { throw SystemError.fault("read", in: file) }
        self.complaints = complaints
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command, "-init", "/dev/null", "-batch", "-c", statement]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle(fileDescriptor: fileno(complaints), closeOnDealloc: false)
        do {
            try process.run()
        } catch {
            throw TableFault(.commandMissing(format, command), in: file)
        }
    }

    deinit {
        if process.isRunning {
            process.terminate()
            process.waitUntilExit()
        }
        fclose(complaints)
    }

    /// Waits for its end.
    /// - Throws: What it complained of, when it failed.
    func finish() throws(TableFault) {
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            // env says 127 for a command that it does not find.
            let isMissing = process.terminationReason == .exit && process.terminationStatus == 127
            throw TableFault(isMissing ? .commandMissing(format, command) : .command("duckdb", words), in: file)
        }
    }

    /// The first lines of what it complained of, in one.
    private var words: String {
        rewind(complaints)
        var bytes = [UInt8](repeating: 0, count: 4 << 10)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, complaints))
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let telling = lines.prefix { !$0.hasPrefix("LINE ") }.map { $0.filter { !$0.isControl } }
        let sentence = telling.joined(separator: " ")
        return sentence.isEmpty ? "nothing (it was ended by signal or status \(process.terminationStatus))." : sentence
    }
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

/// What the command writes, as it comes.
final class CommandSource: ByteSource {
    private(set) var position = 0
    let total: Int? = nil

    private let pipe = Pipe()
    private let command: DuckDBCommand
    private let file: String
    private var isAtEnd = false

    init(_ command: String, running statement: String, for format: String, in file: String) throws(TableFault) {
        self.file = file
        self.command = try DuckDBCommand(
            command, running: statement, output: pipe.fileHandleForWriting, for: format, in: file)
        // Ours would keep the pipe open after the child's end.
        try? pipe.fileHandleForWriting.close()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int {
        guard !isAtEnd else { return 0 }
        while true {
            let count = Foundation.read(pipe.fileHandleForReading.fileDescriptor, buffer.baseAddress, buffer.count)
            if count < 0 {
                guard errno == EINTR else { throw SystemError.fault("read", in: file) }
                continue
            }
            position += count
            if count == 0 {
                isAtEnd = true
                try command.finish()
            }
            return count
        }
    }
}
