import Foundation

/// The file of a SQLite database: what must be true of it before it is opened, and how large its log is.
struct SQLiteFile {
    let path: String

    /// Makes the file when it is missing, readable by us alone. SQLite gives its log the same rights.
    ///
    /// - Throws: `StorageFault.unreachable`, saying what to do, when it cannot be used.
    func prepare() throws {
        let folder = folder(of: path)
        guard access(folder, F_OK) == 0 else {
            throw fault("the folder \(folder) does not exist", "Make it, and give it to the user Touchdown runs as.")
        }
        guard access(folder, W_OK | X_OK) == 0 else {
            throw fault(
                "nothing can be written in the folder \(folder) (\(lastError))",
                "Give it to the user Touchdown runs as, on a disk that can be written.")
        }
        // An existing file is not opened here: closing it would drop the locks that SQLite holds on it in this process.
        let made = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if made >= 0 { close(made) }
        guard access(path, R_OK | W_OK) == 0 else {
            throw fault("it cannot be written (\(lastError))", "Give it to the user Touchdown runs as.")
        }
    }

    /// - Throws: `StorageFault.unreachable` when there is no such file.
    func refuseMissing() throws {
        guard access(path, F_OK) == 0 else {
            throw fault("there is no such file", "Check database.url; \"touchdown serve\" makes the file of a new one.")
        }
    }

    /// How many bytes the write-ahead log takes on the disk.
    var logSize: Int {
        var status = stat()
        return stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
    }

    /// A sentence with the path, what is wrong, and what to do.
    func fault(_ problem: String, _ remedy: String) -> StorageFault {
        .unreachable("The database \(path) cannot be used: \(problem). \(remedy)")
    }
}
