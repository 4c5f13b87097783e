import CZlib

/// What gzip compressed, member after member (RFC 1952).
final class GzipSource: ByteSource {
    private static let format = "gzip"

    private let file: FileSource
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
    /// On the heap, as zlib holds on to its address.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var isInMember = true
    private var isAtEnd = false

    var position: Int { file.position }
    var total: Int? { file.total }

    init(_ file: FileSource) {
        self.file = file
        stream.initialize(to: z_stream())
        // 15 is the largest window, 16 more says gzip alone.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory or is another version than it was built with")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int {
        while !isAtEnd {
            if stream.pointee.avail_in == 0, try !refill() { return 0 }
            if !isInMember, try !beginMember() { return 0 }
            stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(clamping: buffer.count)
            let status = inflate(stream, Z_NO_FLUSH)
            let count = min(buffer.count, Int(UInt32.max)) - Int(stream.pointee.avail_out)
            switch status {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: isInMember = false
            default: throw damage
            }
            if count > 0 { return count }
        }
        return 0
    }

    /// Whether another member follows. Zeros that fill up a tape's block do not count; anything else is damage.
    private func beginMember() throws(TableFault) -> Bool {
        while true {
            guard stream.pointee.avail_in > 0 else {
                guard try refill() else { return false }
                continue
            }
            guard stream.pointee.next_in.pointee == 0 else { break }
            stream.pointee.next_in += 1
            stream.pointee.avail_in -= 1
        }
        guard inflateReset(stream) == Z_OK else { throw damage }
        isInMember = true
        return true
    }

    /// Reads more of the file; says whether there was any.
    private func refill() throws(TableFault) -> Bool {
        let count = try file.read(into: input)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
        guard count == 0 else { return true }
        isAtEnd = true
        if isInMember { throw TableFault(.cutShort(Self.format), in: file.name) }
        return false
    }

    private var damage: TableFault {
        let words = stream.pointee.msg.map { String(cString: $0) } ?? "not gzip"
        return TableFault(.damaged(Self.format, words), in: file.name)
    }
}
