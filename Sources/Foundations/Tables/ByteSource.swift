#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Bytes that come one after the other: a file's, or what becomes of them.
protocol ByteSource: AnyObject {
    /// How many bytes of the file have been read.
    var position: Int { get }

    /// How many bytes the file has, when that is known.
    var total: Int? { get }

    /// Fills some of a buffer that is not empty; says how much, which is 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int
}

/// The bytes of a file, a pipe or standard input.
final class FileSource: ByteSource {
    let name: String
    private(set) var position = 0
    let total: Int?

    /// What was read only to see what the file is.
    private(set) var beginning: [UInt8] = []
    private var taken = 0
    private let descriptor: Int32

    /// Opens a file; `-` is standard input.
    init(_ path: String) throws(TableFault) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw TableFault(.badName, in: path) }
        name = path == "-" ? "standard input" : path
        // A copy, so that closing it closes nobody else's.
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? TableFault(.missing, in: name) : SystemError.fault("opened", in: name)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            total = nil
            throw SystemError.fault("looked at", in: name)
        }
        let kind = status.st_mode & S_IFMT
        total = kind == S_IFREG ? Int(status.st_size) : nil
        guard kind != S_IFDIR else { throw TableFault(.folder, in: name) }
        #if os(Linux)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        #endif
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Reads the first bytes without using them up.
    func look(at count: Int) throws(TableFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = try bytes.withUnsafeMutableBufferPointer { (bytes) throws(TableFault) in
                try fill(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[filled...])))
            }
            guard got > 0 else { break }
            filled += got
        }
        beginning = Array(bytes.prefix(filled))
        return beginning
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int {
        guard taken < beginning.count else { return try fill(buffer) }
        let count = min(buffer.count, beginning.count - taken)
        buffer.copyBytes(from: beginning[taken..<taken + count])
        taken += count
        return count
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int {
        while true {
            let count = Self.systemRead(descriptor, buffer)
            if count >= 0 {
                position += count
                return count
            }
            guard errno == EINTR else { throw SystemError.fault("read", in: name) }
        }
    }

    private static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
        Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
        Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}

/// What the operating system said last.
enum SystemError {
    static func fault(_ tried: String, in file: String) -> TableFault {
        let code = errno
        switch code {
        case ENOSPC, EDQUOT: return TableFault(.noRoom, in: file)
        case EPIPE: return TableFault(.readerGone, in: file)
        default: return TableFault(.system(tried, String(cString: strerror(code))), in: file)
        }
    }
}

extension [UInt8] {
    /// Makes it at least as long, with zeros: by the system, as one by one takes its time without an optimiser.
    mutating func grow(to size: Int) {
        guard size > count else { return }
        let old = self
        self = Array(unsafeUninitializedCapacity: size) { memory, filled in
            guard let start = memory.baseAddress else { return }
            memset(start, 0, size)
            old.withUnsafeBytes { UnsafeMutableRawBufferPointer(memory).copyMemory(from: $0) }
            filled = size
        }
    }
}
