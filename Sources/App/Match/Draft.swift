import Foundation

/// A small file on its way: written beside its target under a hidden name, which it changes for its own when all is
/// well. What is never finished goes.
final class Draft {
    private let target: String
    private let bytes: Data
    private var path: String?

    /// Writes the whole text to a draft; pipes and devices get it when it is finished.
    init(_ text: String, for target: String) throws {
        self.target = (try? Self.resolved(target)) ?? target
        bytes = Data(text.utf8)
        guard !Self.isStream(target) else { return }
        let path = Self.name(beside: self.target)
        self.path = path
        do {
            try bytes.write(to: URL(fileURLWithPath: path))
        } catch {
            discard()
            throw Self.fault(target)
        }
    }

    deinit { discard() }

    /// Gives the file its name, in place of an earlier one.
    func finish() throws {
        guard let path else { return try pour() }
        if let mode = Self.mode(of: target) { chmod(path, mode & 0o777) }
        guard rename(path, target) == 0 else { throw Self.fault(target) }
        self.path = nil
    }

    private func pour() throws {
        do {
            guard target != "-" else { return try FileHandle.standardOutput.write(contentsOf: bytes) }
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: target))
            try file.write(contentsOf: bytes)
            try file.close()
        } catch {
            throw Self.fault(target)
        }
    }

    private func discard() {
        if let path { unlink(path) }
        path = nil
    }

    // MARK: - Names

    /// Whether a name stands for the standard output, a pipe or a device.
    static func isStream(_ path: String) -> Bool {
        if path == "-" { return true }
        guard let mode = mode(of: path) else { return false }
        return mode & S_IFMT != S_IFREG && mode & S_IFMT != S_IFDIR
    }

    static func isFolder(_ path: String) -> Bool { mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false }

    /// The file itself, whatever links lead there.
    static func resolved(_ path: String) throws -> String {
        guard let real = realpath(path, nil) else { throw fault(path) }
        defer { free(real) }
        return String(cString: real)
    }

    /// The one name of a file, also of one that is not there yet.
    static func place(of path: String) -> String {
        if let real = try? resolved(path) { return real }
        let folder = folder(of: path)
        return "\((try? resolved(folder)) ?? folder)/\(path.split(separator: "/").last ?? "")"
    }

    /// Removes what this run may have begun to write beside a file: tables' drafts are named alike.
    static func removeAll(beside target: String) {
        let target = (try? resolved(target)) ?? target
        let folder = folder(of: target)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(".") && name.contains(".\(getpid())-") && name.contains(".unfinished") {
            unlink("\(folder)/\(name)")
        }
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func name(beside target: String) -> String {
        let last = target.split(separator: "/").last ?? ""
        return "\(folder(of: target))/.\(last.prefix(40)).\(getpid())-text.unfinished"
    }

    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    private static func fault(_ target: String) -> MatchFault {
        let name = target == "-" ? "The standard output" : target
        let reason = errno == ENOSPC ? "The disk is full" : String(cString: strerror(errno))
        return MatchFault("\(name) cannot be written: \(reason).")
    }
}
