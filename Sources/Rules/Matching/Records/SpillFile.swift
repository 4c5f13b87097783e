#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file without a name, written from its beginning to its end, then mapped. It is gone when nobody has it any more.
final class SpillFile: Sendable {
    private let descriptor: Int32
    private let folder: String

    /// A new file in a folder, which only this process can reach.
    init(in folder: String) throws(RecordFault) {
        var path = Array("\(folder)/.touchdown-columns-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        self.folder = folder
        guard descriptor >= 0 else { throw .workFolder(folder, reason: Self.reason) }
        // Without a name at once, so that not even a killed run leaves records behind.
        unlink(&path)
        // Nor may what this process starts inherit them.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Something open that takes bytes, and can be read where it is to be mapped.
    init(descriptor: Int32, of folder: String) {
        self.descriptor = descriptor
        self.folder = folder
    }

    deinit { close(descriptor) }

    func append<Element: BitwiseCopyable>(_ elements: [Element]) throws(RecordFault) {
        try elements.withUnsafeBufferPointer { (all) throws(RecordFault) in try append(UnsafeRawBufferPointer(all)) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(RecordFault) {
        let isWritten = Self.each(of: bytes) { part, _ in write(descriptor, part.baseAddress, part.count) }
        if !isWritten { throw .workFolderFull(folder, reason: Self.reason) }
    }

    /// Writes over what stands at a place, counted in bytes.
    func replace<Element: BitwiseCopyable>(at place: Int, with elements: ArraySlice<Element>) throws(RecordFault) {
        let isWritten = elements.withUnsafeBytes { bytes in
            Self.each(of: bytes) { part, done in pwrite(descriptor, part.baseAddress, part.count, off_t(place + done)) }
        }
        if !isWritten { throw .workFolderFull(folder, reason: Self.reason) }
    }

    /// Reads what stands at a place, counted in bytes, as far as there is room.
    func read<Element: BitwiseCopyable>(at place: Int, into elements: inout ArraySlice<Element>) throws(RecordFault) {
        let isRead = elements.withUnsafeMutableBytes { room in
            Self.each(of: UnsafeRawBufferPointer(room)) { part, done in
                pread(descriptor, UnsafeMutableRawPointer(mutating: part.baseAddress), part.count, off_t(place + done))
            }
        }
        if !isRead { throw .workFolder(folder, reason: Self.reason) }
    }

    /// Cuts off what stands after so many bytes.
    func cut(to count: Int) throws(RecordFault) {
        guard ftruncate(descriptor, off_t(count)) == 0 else { throw .workFolder(folder, reason: Self.reason) }
    }

    /// Calls with what is left of some bytes until all are done, and says whether they were.
    private static func each(of bytes: UnsafeRawBufferPointer, _ call: (UnsafeRawBufferPointer, Int) -> Int) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = call(UnsafeRawBufferPointer(rebasing: bytes[done...]), done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// What was written, to be read. The mapping lives on without the file.
    func mapped() throws(RecordFault) -> Mapping {
        let count = Int(lseek(descriptor, 0, SEEK_END))
        let start = count > 0 ? mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0) : nil
        guard let start, start != UnsafeMutableRawPointer(bitPattern: -1) else {
            throw .workFolder(folder, reason: Self.reason)
        }
        return Mapping(at: start, count: count)
    }

    /// The same as numbers, of which there may be none.
    func kept<Element>() throws(RecordFault) -> Kept<Element> {
        lseek(descriptor, 0, SEEK_END) == 0 ? Kept() : Kept(try mapped())
    }

    private static var reason: String { String(cString: strerror(errno)) }
}

/// Bytes of a file as the system maps them into memory: it reads them when they are looked at, and drops them when
/// memory is short.
///
/// Sendable, because nobody changes anything from its making to its end: its pages are only for reading, no other
/// process can reach the file, and this one no longer writes to it. The address is kept as the number it is.
final class Mapping: Sendable {
    private let address: UInt
    let count: Int

    fileprivate init(at start: UnsafeMutableRawPointer, count: Int) {
        address = UInt(bitPattern: start)
        self.count = count
    }

    deinit { munmap(UnsafeMutableRawPointer(bitPattern: address), count) }

    /// Has the system read some of the bytes, without waiting for them.
    func readAhead(_ bytes: Range<Int>) {
        let size = UInt(sysconf(Int32(_SC_PAGESIZE)))
        let (first, end) = (UInt(bytes.lowerBound), UInt(min(bytes.upperBound, count)))
        let start = first / size * size
        // It is a hint: where it is not taken, pages come when they are looked at.
        if start < end {
            madvise(UnsafeMutableRawPointer(bitPattern: address + start), Int(end - start), MADV_WILLNEED)
        }
    }

    /// Tells the system whether bytes will be looked at here and there, so that it reads none but these.
    func look(hereAndThere isSo: Bool) {
        madvise(UnsafeMutableRawPointer(bitPattern: address), count, isSo ? MADV_RANDOM : MADV_NORMAL)
    }

    /// Lends the bytes, which begin at a page, for as long as the body runs.
    @inline(__always)
    func withBytes<Result, Fault: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
        return try withExtendedLifetime(self) { _ throws(Fault) in try body(bytes) }
    }
}
