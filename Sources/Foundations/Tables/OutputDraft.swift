#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that is being written under another name beside its target, and takes the target's place when it is whole.
///
/// Standard output, pipes and devices have no such name and are written to as they are.
final class OutputDraft {
    /// The output as its user named it, or `standard output`.
    let name: String
    /// Where bytes go.
    let descriptor: Int32
    /// The name beside the target, while there is one.
    private(set) var path: String?

    private let target: String
    private var isClosed = false

    /// - Parameters:
    ///   - path: A file to be made or replaced, or `-` for standard output.
    ///   - inputs: Files that must not be replaced.
    init(_ path: String, inputs: [String]) throws(TableFault) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw TableFault(.badName, in: path) }
        name = path == "-" ? "standard output" : path
        let existing = path == "-" ? nil : FileIdentity(path)
        if let existing {
            guard !existing.isFolder else { throw TableFault(.folder, in: path) }
            for input in inputs where existing.isRegular && FileIdentity(input) == existing {
                throw TableFault(.isInput, in: path)
            }
        }
        // What a link points to is replaced, not the link.
        target = existing == nil ? path : Self.resolved(path)
        guard path != "-", existing?.isRegular ?? true else {
            descriptor = path == "-" ? dup(STDOUT_FILENO) : open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw SystemError.fault("opened", in: name) }
            return
        }
        let draft = Self.make(beside: target, mode: existing?.permissions)
        self.path = draft.path
        descriptor = draft.descriptor
        guard descriptor >= 0 else {
            self.path = nil
            throw SystemError.fault("written", in: name)
        }
    }

    deinit { discard() }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TableFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Self.systemWrite(descriptor, part)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw SystemError.fault("written", in: name)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Has the disk keep what was written, and gives the file its name.
    /// - Parameter other: A file that takes the target's place instead of this one, made from it.
    func finish(with other: String? = nil) throws(TableFault) {
        guard let path else {
            shut()
            return
        }
        guard fsync(descriptor) == 0 else { throw SystemError.fault("written", in: name) }
        guard rename(other ?? path, target) == 0 else { throw SystemError.fault("named", in: name) }
        if other != nil { unlink(path) }
        self.path = nil
        shut()
    }

    /// Leaves nothing behind.
    func discard() {
        if let path { unlink(path) }
        path = nil
        shut()
    }

    private func shut() {
        if descriptor >= 0, !isClosed { close(descriptor) }
        isClosed = true
    }

    // MARK: - The system

    /// Makes a new file with a name that nobody has; with the permissions of the file that it will replace.
    private static func make(beside target: String, mode: mode_t?) -> (path: String, descriptor: Int32) {
        let slash = target.lastIndex(of: "/")
        let folder = slash.map { target[...$0] } ?? ""
        let last = slash.map { target[target.index(after: $0)...] } ?? target[...]
        var number = 0
        while true {
            // Short enough for any file system, whatever the target's name.
            let path = "\(folder).\(last.prefix(40)).\(getpid())-\(number).unfinished"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0, let mode { fchmod(descriptor, mode) }
            guard descriptor < 0, errno == EEXIST, number < 10_000 else { return (path, descriptor) }
            number += 1
        }
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}

/// Which file a name stands for, whatever links lead there.
private struct FileIdentity: Equatable {
    let device: UInt64
    let number: UInt64
    private let mode: mode_t

    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(truncatingIfNeeded: status.st_ino)
        mode = status.st_mode
    }

    var isFolder: Bool { mode & S_IFMT == S_IFDIR }
    var isRegular: Bool { mode & S_IFMT == S_IFREG }
    var permissions: mode_t { mode & 0o777 }
}
