import Glibc
import NIOCore

/// One server-sent event.
struct LiveEvent {
    enum Kind { case message, desk, chat, other }
    let kind: Kind
    let data: ByteBuffer
}

/// Cuts a live stream into its events.
struct EventReader {
    private var rest = ByteBuffer()

    mutating func take(_ piece: ByteBuffer, _ tell: (LiveEvent) -> Void) {
        var piece = piece
        if rest.readableBytes == 0 { rest = piece } else { rest.writeBuffer(&piece) }
        while let end = rest.place(of: "\n\n"), let event = rest.readSlice(length: end + 2) {
            if let start = event.place(of: "data: ") {
                let data = event.getSlice(at: event.readerIndex + start + 6, length: event.readableBytes - start - 8)
                tell(LiveEvent(kind: EventReader.kind(of: event), data: data ?? ByteBuffer()))
            }
        }
        if rest.readableBytes == 0 { rest = ByteBuffer() }
    }

    private static func kind(of event: ByteBuffer) -> LiveEvent.Kind {
        switch event.getInteger(at: event.readerIndex + 7, as: UInt8.self) {
        case UInt8(ascii: "m"): .message
        case UInt8(ascii: "d"): .desk
        case UInt8(ascii: "c"): .chat
        default: .other
        }
    }
}

extension ByteBuffer {
    /// Where these bytes begin, counted from the first that can be read.
    func place(of text: StaticString) -> Int? {
        withUnsafeReadableBytes { bytes -> Int? in
            let length = text.utf8CodeUnitCount
            guard let base = bytes.baseAddress, bytes.count >= length else { return nil }
            var from = 0
            while from <= bytes.count - length,
                let hit = memchr(base + from, Int32(text.utf8Start[0]), bytes.count - length - from + 1)
            {
                let place = UnsafeRawPointer(hit) - base
                if memcmp(hit, text.utf8Start, length) == 0 { return place }
                from = place + 1
            }
            return nil
        }
    }

    /// The whole number that stands behind these bytes: of `"number":17` the 17.
    func number(after text: StaticString) -> Int? {
        guard let place = place(of: text) else { return nil }
        return withUnsafeReadableBytes { bytes in
            var value: Int?
            for byte in bytes.dropFirst(place + text.utf8CodeUnitCount) {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
                value = (value ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
    }
}
