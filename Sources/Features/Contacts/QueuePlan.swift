import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import People
import Routing
import Values
import Web

/// A queue as a planner's program reads and writes it.
struct QueuePlan: Codable, Sendable {
    var id: Queue.ID?
    /// Sent back with a change, so that nobody overwrites what somebody else has just changed.
    var revision: Int?
    let key: String
    let name: String
    let language: String?
    let timeZone: String?
    let priority: Int?
    let headStartSeconds: Int?
    let targetSeconds: Int?
    let offerTimeoutSeconds: Int?
    let wrapUpLimitSeconds: Int?
    let longest: Int?
    let masksNumbers: Bool?
    let retentionDays: Int?
    let isRetired: Bool?
    /// Since when; told, not taken.
    var retiredAt: Moment?
    let needs: [Need]?
    let openings: [Opening]?

    struct Need: Codable, Sendable {
        let skill: Skill.ID
        let level: Int
        let afterSeconds: Int?
    }

    struct Opening: Codable, Sendable {
        let weekday: Int
        let opens: String
        let closes: String
    }
}

extension QueuePlan {
    init(_ draft: QueueDraft, id: Queue.ID, revision: Int, retiredAt: Moment?) {
        func seconds(_ duration: Duration) -> Int { Int(duration.milliseconds / 1_000) }
        self.init(
            id: id, revision: revision, key: draft.key, name: draft.name, language: draft.language,
            timeZone: draft.timeZone, priority: draft.priority, headStartSeconds: seconds(draft.headStart),
            targetSeconds: seconds(draft.target),
            offerTimeoutSeconds: seconds(draft.offerTimeout), wrapUpLimitSeconds: seconds(draft.wrapUpLimit),
            longest: draft.longest, masksNumbers: draft.masksNumbers, retentionDays: draft.retentionDays,
            isRetired: draft.isRetired, retiredAt: retiredAt,
            needs: draft.needs.map { Need(skill: $0.skill, level: $0.level, afterSeconds: seconds($0.after)) },
            openings: draft.openings.map {
                Opening(weekday: $0.weekday, opens: OpeningHours.clock($0.opens), closes: OpeningHours.clock($0.closes))
            })
    }

    /// What a field of the planner's form is called here.
    static func field(_ field: String) -> String {
        switch field {
        case "headStart", "target", "offerTimeout", "wrapUpLimit": "\(field)Seconds"
        case "overflow": "needs"
        case _ where field.hasPrefix("hours_"): "openings"
        default: field
        }
    }

    /// As a draft; what is left out is as in a new queue.
    ///
    /// - Throws: `FormRefusal` when a time is none.
    func draft() throws -> QueueDraft {
        var draft = QueueDraft(key: key, name: name.isOneLine ? name.trimmingCharacters(in: .whitespaces) : name)
        draft.language = language ?? draft.language
        draft.timeZone = timeZone ?? draft.timeZone
        draft.priority = priority ?? draft.priority
        draft.headStart = headStartSeconds.map { .seconds($0) } ?? draft.headStart
        draft.target = targetSeconds.map { .seconds($0) } ?? draft.target
        draft.offerTimeout = offerTimeoutSeconds.map { .seconds($0) } ?? draft.offerTimeout
        draft.wrapUpLimit = wrapUpLimitSeconds.map { .seconds($0) } ?? draft.wrapUpLimit
        draft.longest = longest
        draft.masksNumbers = masksNumbers ?? draft.masksNumbers
        draft.retentionDays = retentionDays ?? draft.retentionDays
        draft.isRetired = isRetired ?? false
        draft.needs = (needs ?? []).map {
            .init(after: .seconds($0.afterSeconds ?? 0), skill: $0.skill, level: $0.level)
        }
        draft.openings = try (openings ?? []).map { opening in
            guard let opens = QueueDraft.Opening.minutes(opening.opens),
                let closes = QueueDraft.Opening.minutes(opening.closes)
            else { throw FormRefusal(errors: [.init("openings", "Write opening times like 09:00.")]) }
            return .init(weekday: opening.weekday, opens: opens, closes: closes)
        }
        return draft
    }
}

extension Request {
    /// The body as this value.
    ///
    /// - Throws: `FormRefusal` that names the part which does not fit.
    func decoded<Body: Decodable>(as type: Body.Type, in context: AppContext) async throws -> Body {
        try requireJSON()
        let buffer = try await body.collect(upTo: context.maxUploadSize)
        do {
            return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
        } catch let error as DecodingError {
            throw FormRefusal(errors: [error.problem])
        }
    }
}

extension DecodingError {
    fileprivate var problem: Problem.Field {
        func path(_ context: Context, _ last: (any CodingKey)? = nil) -> String {
            (context.codingPath + [last].compactMap(\.self)).map { $0.intValue.map(String.init) ?? $0.stringValue }
                .joined(separator: ".")
        }
        switch self {
        case .keyNotFound(let key, let context): return .init(path(context, key), "\(path(context, key)) is missing.")
        case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
            .valueNotFound(_, let context) where !context.codingPath.isEmpty:
            return .init(path(context), "\(path(context)) is not of the right type.")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return .init(path(context), "\(path(context)) cannot be understood.")
        default: return .init("", "The body is not a JSON object. Check quotes, commas and braces.")
        }
    }
}
