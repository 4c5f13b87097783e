/// A rule saying no: expected, tested, and shown to the person as a sentence.
///
/// Everything else that is thrown is a fault: logged with the request's id, of which alone the person is told.
public protocol Refusal: Error, Sendable {
    /// What happened and what to do about it, in one or two sentences for the person who asked.
    var sentence: String { get }

    /// The kind of no, which decides the status of a web answer.
    var kind: RefusalKind { get }
}

extension Refusal {
    public var kind: RefusalKind { .invalid }
}

/// Why a rule says no, as far as the outside needs to know.
public enum RefusalKind: Sendable {
    /// What was asked for does not make sense as given.
    case invalid
    /// It made sense, but someone was quicker or the state has moved on.
    case conflict
    /// Not known, or not visible to the person who asks.
    case notFound
    /// Nobody is signed in, or the sign-in has ended.
    case unauthenticated
    /// Signed in, but the role does not allow it.
    case forbidden
    /// Larger than allowed.
    case tooLarge
    /// Written in a form that is not read here.
    case unsupportedType
    /// Too many tries in too short a time; the duration says when to come back.
    case tooMany(retryAfter: Duration)
    /// No room to store anything more.
    case noRoom
    /// Cannot be done for the moment; come back soon.
    case unavailable
}
