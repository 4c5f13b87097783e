import NIOCore
import NIOHTTP1

/// One request.
struct Call {
    var method = HTTPMethod.GET
    let path: String
    var token: String?
    var json: String?
    var accept: String?
}

/// One keep-alive connection: requests go out at once, one behind the other, and answers come back in that order.
final class Wire: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart
    typealias Answer = (_ status: Int, _ body: ByteBuffer) -> Void

    private var waiting = CircularBuffer<Answer>()
    private var context: ChannelHandlerContext?
    private var status = 0
    private var body = ByteBuffer()
    /// Takes an endless answer piece by piece, as it comes.
    private var onPiece: ((ByteBuffer) -> Void)?
    private var onEnd: (() -> Void)?

    /// So many answers are still to come.
    var load: Int { waiting.count }

    func send(_ call: Call, host: String, _ answer: @escaping Answer) {
        guard let context, context.channel.isActive else { return answer(0, ByteBuffer()) }
        waiting.append(answer)
        var headers: HTTPHeaders = ["Host": host]
        if let token = call.token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let accept = call.accept { headers.add(name: "Accept", value: accept) }
        var body: ByteBuffer?
        if let json = call.json {
            let bytes = ByteBuffer(string: json)
            headers.add(name: "Content-Type", value: "application/json")
            headers.add(name: "Content-Length", value: "\(bytes.readableBytes)")
            body = bytes
        } else if call.method != .GET {
            headers.add(name: "Content-Length", value: "0")
        }
        let head = HTTPRequestHead(version: .http1_1, method: call.method, uri: call.path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Turns this connection into a live stream.
    func listen(to call: Call, host: String, onEnd: @escaping () -> Void, onPiece: @escaping (ByteBuffer) -> Void) {
        self.onPiece = onPiece
        self.onEnd = onEnd
        send(call, host: host) { _, _ in }
    }

    func close() {
        onEnd = nil
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            status = Int(head.status.code)
            body.clear()
        case .body(var piece):
            if let onPiece { onPiece(piece) } else { body.writeBuffer(&piece) }
        case .end:
            waiting.popFirst()?(status, body)
            if onPiece != nil { channelInactive(context: context) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let ended = onEnd
        onEnd = nil
        ended?()
        while let answer = waiting.popFirst() { answer(0, ByteBuffer()) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
