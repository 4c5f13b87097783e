import CZstd

/// What zstd compressed, frame after frame (RFC 8878).
///
/// Its memory is the window that the file asks for: 8 MB at level 19, up to 128 MB for files made with `--ultra`.
final class ZstdSource: ByteSource {
    private static let format = "zstd"

    private let file: FileSource
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
    private var available = 0
    private var used = 0
    private let stream: OpaquePointer
    /// What the library still expects of the frame; 0 between frames.
    private var expected = 1

    var position: Int { file.position }
    var total: Int? { file.total }

    init(_ file: FileSource) {
        self.file = file
        guard let stream = ZSTD_createDStream() else { preconditionFailure("zstd has no memory") }
        self.stream = stream
    }

    deinit {
        ZSTD_freeDStream(stream)
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFault) -> Int {
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while true {
            var chunk = ZSTD_inBuffer(src: input.baseAddress, size: available, pos: used)
            // Also without new input: the library may hold back what did not fit last time.
            let status = ZSTD_decompressStream(stream, &output, &chunk)
            guard ZSTD_isError(status) == 0 else {
                let words = String(cString: ZSTD_getErrorName(status))
                throw TableFault(.damaged(Self.format, words), in: file.name)
            }
            let isIdle = chunk.pos == used && output.pos == 0
            used = chunk.pos
            if !isIdle || status == 0 { expected = status }
            if output.pos > 0 { return output.pos }
            guard used == available else { continue }
            available = try file.read(into: input)
            used = 0
            guard available > 0 else {
                if expected > 0 { throw TableFault(.cutShort(Self.format), in: file.name) }
                return 0
            }
        }
    }
}
