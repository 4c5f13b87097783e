import CZlib
import CZstd

/// Where the bytes of a table go.
protocol ByteSink: AnyObject {
    func write(_ bytes: UnsafeRawBufferPointer) throws(TableFault)

    /// Writes what is still held back. Nothing may be written after it.
    func end() throws(TableFault)
}

extension OutputDraft: ByteSink {
    func end() {}
}

/// Compresses with gzip, for speed rather than size.
final class GzipSink: ByteSink {
    private static let level: Int32 = 3

    private let draft: OutputDraft
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
    /// On the heap, as zlib holds on to its address.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init(_ draft: OutputDraft) {
        self.draft = draft
        stream.initialize(to: z_stream())
        // 15 is the largest window, 16 more says gzip; 8 is the usual memory.
        let status = deflateInit2_(
            stream, Self.level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory or is another version than it was built with")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TableFault) {
        // zlib only reads here; its header does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(bytes.count)
        while stream.pointee.avail_in > 0 { try step(Z_NO_FLUSH) }
    }

    func end() throws(TableFault) {
        stream.pointee.avail_in = 0
        while try step(Z_FINISH) != Z_STREAM_END {}
    }

    @discardableResult private func step(_ flush: Int32) throws(TableFault) -> Int32 {
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        let status = deflate(stream, flush)
        precondition(status != Z_STREAM_ERROR, "zlib is used as it wants")
        let count = output.count - Int(stream.pointee.avail_out)
        try draft.write(UnsafeRawBufferPointer(rebasing: output[..<count]))
        return status
    }
}

/// Compresses with zstd at its usual level.
final class ZstdSink: ByteSink {
    private let draft: OutputDraft
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
    private let stream: OpaquePointer

    init(_ draft: OutputDraft) {
        self.draft = draft
        guard let stream = ZSTD_createCStream() else { preconditionFailure("zstd has no memory") }
        self.stream = stream
        ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1)
    }

    deinit {
        ZSTD_freeCStream(stream)
        output.deallocate()
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TableFault) {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        while input.pos < input.size { try step(&input, ZSTD_e_continue) }
    }

    func end() throws(TableFault) {
        var input = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
        while try step(&input, ZSTD_e_end) > 0 {}
    }

    @discardableResult
    private func step(_ input: inout ZSTD_inBuffer, _ directive: ZSTD_EndDirective) throws(TableFault) -> Int {
        var filled = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let rest = ZSTD_compressStream2(stream, &filled, &input, directive)
        precondition(ZSTD_isError(rest) == 0, "zstd is used as it wants")
        try draft.write(UnsafeRawBufferPointer(rebasing: output[..<filled.pos]))
        return rest
    }
}
