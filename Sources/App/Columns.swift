extension String {
    /// With blanks after it, up to a width; at least one.
    func column(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }

    /// With blanks before it, up to a width: for numbers.
    func rightColumn(_ width: Int) -> String { String(repeating: " ", count: max(1, width - count)) + self }

    /// For a message about it: of a long text only the beginning.
    var forMessage: String { count > 60 ? prefix(60) + "…" : self }
}
