import Routing
import Storage
import Web

/// All ready replies, to change and to add to.
struct ReadyRepliesPage: Page {
    static let template = "ready-replies"
    let title = "Ready replies"
    let search: String
    let replies: [Line]
    let errors: [Problem.Field]
    let problem: [String: String]
    let form: Filled

    struct Line: Encodable, Sendable {
        let id: ReadyReply.ID
        let title, text: String
        let queue: String?
        let queueId: Queue.ID?
        let language: String
        let queues: [Choice]
    }
    struct Filled: Encodable, Sendable { let title, text: String; let queues: [Choice] }

    /// The replies as programs are told of them.
    struct Record: Encodable, Sendable {
        let replies: [Reply]
        struct Reply: Encodable, Sendable {
            let id: ReadyReply.ID
            let title, text: String
            let queue: String?
            let queueId: Queue.ID?
        }
    }

    var record: Record {
        Record(
            replies: replies.map {
                .init(id: $0.id, title: $0.title, text: $0.text, queue: $0.queue, queueId: $0.queueId)
            })
    }

    init(
        matching search: String, filled sent: (String) -> String = { _ in "" }, refusal: FormRefusal? = nil,
        in transaction: Transaction
    ) throws {
        let all = try Queue.all(in: transaction)
        self.search = search
        replies = try ReadyReply.all(matching: search, in: transaction).map { id, reply in
            let queue = all.first { $0.id == reply.queue }
            return Line(
                id: id, title: reply.title, text: reply.text, queue: queue?.name, queueId: reply.queue,
                language: queue?.language ?? Language.usual,
                queues: Choice.queues(all, chosen: reply.queue.map { "\($0)" } ?? "", all: "All queues"))
        }
        errors = refusal?.errors ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        form = Filled(
            title: sent("title"), text: sent("text"),
            queues: Choice.queues(all, chosen: sent("queue"), all: "All queues"))
    }
}

/// All wrap-up codes, to change and to add to.
struct WrapUpCodesPage: Page {
    static let template = "wrap-up-codes"
    let title = "Wrap-up codes"
    let codes: [WrapUpCode]
    let errors: [Problem.Field]
    let problem: [String: String]
    let form: Filled

    struct Filled: Encodable, Sendable { let code, title, position: String }

    /// The codes as programs are told of them.
    struct Record: Encodable, Sendable { let codes: [WrapUpCode] }

    var record: Record { Record(codes: codes) }

    init(filled sent: (String) -> String = { _ in "" }, refusal: FormRefusal? = nil, in transaction: Transaction) throws
    {
        codes = try WrapUpCode.all(in: transaction)
        errors = refusal?.errors ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        form = Filled(code: sent("code"), title: sent("title"), position: sent("position"))
    }
}
