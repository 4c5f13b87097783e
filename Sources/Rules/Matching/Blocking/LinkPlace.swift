/// A portion of the pairs: which turn of which rule's keys, and which of its portions, both from 0.
///
/// It means the same pairs as long as records, model and limits are the same, however many workers there are.
public struct LinkPlace: Equatable, Sendable {
    public var turn: Int
    public var portion: Int

    public init(turn: Int, portion: Int) {
        self.turn = turn
        self.portion = portion
    }
}
