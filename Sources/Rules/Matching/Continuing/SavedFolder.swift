#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A folder in which files are kept from one run to the next. Nobody else may read them, and only one run uses it at a
/// time. A file is there whole or not at all, and one that was changed counts as not there.
final class SavedFolder: Sendable {
    let path: String
    private let lock: Int32

    /// Makes the folder where there is none.
    init(_ path: String) throws(SavedRunFault) {
        self.path = path
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .folder(path, reason: Self.reason) }
        lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .folder(path, reason: Self.reason) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .inUse(path)
        }
    }

    deinit { close(lock) }

    /// Writes lines of text, of any characters.
    func write(_ lines: [String], as name: String) throws(RecordFault) {
        var text = lines.map { "\($0.escaped)\n" }.joined()
        text += "\(Self.checksum(of: text))\n"
        try whole(name) { file throws(RecordFault) in try file.append(Array(text.utf8)) }
    }

    /// The lines of a file; nil where it is not there whole.
    func lines(of name: String) -> [String]? {
        guard let file = opened(name), let bytes: Kept<UInt8> = try? file.kept() else { return nil }
        let text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // What follows the last line's end is empty; before it stands the checksum.
        guard lines.popLast() == "", let sum = lines.popLast() else { return nil }
        guard sum == Self.checksum(of: lines.map { "\($0)\n" }.joined()) else { return nil }
        return lines.map(\.unescaped)
    }

    /// Writes numbers, and says what will tell that they are all there and unchanged.
    func write<Element>(_ numbers: Kept<Element>, as name: String) throws(RecordFault) -> String {
        try numbers.withUnsafeBufferPointer { (all) throws(RecordFault) in
            let bytes = UnsafeRawBufferPointer(all)
            try whole(name) { file throws(RecordFault) in try file.append(bytes) }
            return "\(bytes.count) \(Checksum.of(bytes))"
        }
    }

    /// The numbers of a file; nil where they are not those that were written.
    func numbers<Element>(of name: String, _ mark: String) -> Kept<Element>? {
        guard let file = opened(name), let numbers: Kept<Element> = try? file.kept() else { return nil }
        return numbers.withUnsafeBufferPointer { all in
            let bytes = UnsafeRawBufferPointer(all)
            return "\(bytes.count) \(Checksum.of(bytes))" == mark ? numbers : nil
        }
    }

    /// A file to which lasting bytes are appended, made where there is none.
    func appending(to name: String) throws(RecordFault) -> SpillFile {
        let file = open("\(path)/\(name)", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .workFolder(path, reason: Self.reason) }
        return SpillFile(descriptor: file, of: path)
    }

    func remove(_ names: [String]) {
        for name in names { unlink("\(path)/\(name)") }
    }

    /// Removes the folder with all in it that a run may have written.
    func removeAll() {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink("\(path)/\(name)") }
        }
        closedir(folder)
        rmdir(path)
    }

    /// Writes a file under another name, and gives it its own once the disk has all of it.
    private func whole(
        _ name: String, _ write: (SpillFile) throws(RecordFault) -> Void
    ) throws(RecordFault) {
        let draft = "\(path)/\(name).unfinished"
        let descriptor = open(draft, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .workFolder(path, reason: Self.reason) }
        let file = SpillFile(descriptor: descriptor, of: path)
        try write(file)
        guard fsync(descriptor) == 0, rename(draft, "\(path)/\(name)") == 0 else {
            throw .workFolderFull(path, reason: Self.reason)
        }
    }

    private func opened(_ name: String) -> SpillFile? {
        let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        return descriptor < 0 ? nil : SpillFile(descriptor: descriptor, of: path)
    }

    private static func checksum(of text: String) -> String {
        var text = text
        return text.withUTF8 { "\(Checksum.of(UnsafeRawBufferPointer($0)))" }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}

extension String {
    /// The same in one line.
    fileprivate var escaped: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    fileprivate var unescaped: String {
        var text = ""
        var isEscaped = false
        for scalar in unicodeScalars {
            if isEscaped {
                text.unicodeScalars.append(scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
