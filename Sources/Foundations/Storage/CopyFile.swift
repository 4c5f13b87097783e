import Foundation

/// A file being written beside its final place, so that a copy is there whole or not at all.
struct CopyFile {
    private let path: String
    /// Where to write.
    let draft: String

    /// - Throws: `StorageFault.copy` when something is at the path already or its folder cannot be written.
    init(at path: String) throws {
        self.path = path
        draft = path + ".unfinished"
        try refuseExisting()
        // Readable by us alone from its first byte on: a copy holds all that the database holds.
        let file = open(draft, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw StorageFault.copy("The copy \(path) cannot be written: \(lastError). Choose another place.")
        }
        Foundation.close(file)
    }

    /// Gives the file its name once the disk has all of it.
    func finish() throws {
        try refuseExisting()
        try sync(draft, O_RDONLY)
        guard rename(draft, path) == 0 else {
            throw StorageFault.copy("The finished copy could not be named \(path): \(lastError).")
        }
        try sync(folder(of: path), O_RDONLY | O_DIRECTORY)
    }

    /// Removes what was written so far.
    func discard() {
        unlink(draft)
    }

    private func refuseExisting() throws {
        guard access(path, F_OK) != 0 else {
            throw StorageFault.copy("There is already something at \(path). Choose another name, or move it away.")
        }
    }

    private func sync(_ path: String, _ flags: Int32) throws {
        let file = open(path, flags)
        guard file >= 0 else { throw StorageFault.copy("The copy \(path) cannot be opened: \(lastError).") }
        defer { Foundation.close(file) }
        guard fsync(file) == 0 else {
            throw StorageFault.copy("The disk did not confirm the copy \(path): \(lastError). Try another disk.")
        }
    }
}

/// What the system says about the last call that failed.
var lastError: String {
    String(cString: strerror(errno))
}

/// The folder that a file is in.
func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
