/// Where parts of a UTF-8 text stand, as byte places from its start.
extension UnsafeBufferPointer<UInt8> {
    /// The characters (Unicode scalars) from a place, as SQL's `substr` counts: the first is 1, -1 is the last, and
    /// what lies before the first counts towards `count` but gives nothing.
    func characters(from place: Int, count wanted: Int, isASCII: Bool) -> (start: Int, end: Int) {
        let total = isASCII || place >= 0 ? count : scalarCount
        let first = place > 0 ? place - 1 : place < 0 ? total.addingUnlessHuge(place) : -1
        let last = wanted == .max ? Int.max : first.addingUnlessHuge(wanted)
        guard last > 0, last > first else { return (0, 0) }
        if isASCII { return (Swift.min(Swift.max(first, 0), count), Swift.min(last, count)) }
        let start = offset(ofCharacter: Swift.max(first, 0), after: 0)
        return (start, last == .max ? count : offset(ofCharacter: last - Swift.max(first, 0), after: start))
    }

    private var scalarCount: Int {
        var scalars = 0
        for byte in self where !byte.isContinuation { scalars += 1 }
        return scalars
    }

    /// The byte place so many characters after another, or the end.
    private func offset(ofCharacter characters: Int, after start: Int) -> Int {
        var index = start
        var left = characters
        while left > 0, index < count {
            index += 1
            while index < count, self[index].isContinuation { index += 1 }
            left -= 1
        }
        return index
    }

    /// Without the spaces at both ends: the characters Unicode calls space separators, as DuckDB's `trim` does; tabs
    /// and line breaks stay.
    var withoutSpacesAround: (start: Int, end: Int) {
        var (start, end) = (0, count)
        while start < end, case let length = spaceLength(at: start), length > 0 { start += length }
        while start < end {
            var last = end - 1
            while last > start, self[last].isContinuation { last -= 1 }
            guard spaceLength(at: last) == end - last else { break }
            end = last
        }
        return (start, end)
    }

    /// How many bytes the space at this place has; 0 when there is none.
    private func spaceLength(at index: Int) -> Int {
        let byte = self[index]
        if byte < 0x80 { return byte == 0x20 ? 1 : 0 }
        if byte == 0xc2 { return index + 1 < count && self[index + 1] == 0xa0 ? 2 : 0 }
        guard 0xe1...0xe3 ~= byte, index + 2 < count else { return 0 }
        switch (byte, self[index + 1], self[index + 2]) {
        case (0xe1, 0x9a, 0x80), (0xe2, 0x80, 0x80...0x8a), (0xe2, 0x80, 0xaf), (0xe2, 0x81, 0x9f), (0xe3, 0x80, 0x80):
            return 3
        default: return 0
        }
    }

    /// The element of an array (elements are separated by U+001F; an empty text has none): 1 is the first, -1 the last.
    func element(_ place: Int) -> (start: Int, end: Int)? {
        guard count > 0 else { return nil }
        var wanted = place
        if place < 0 {
            var elements = 1
            for byte in self where byte == 0x1f { elements += 1 }
            wanted = elements.addingUnlessHuge(place) + 1
        }
        guard wanted > 0 else { return nil }
        var start = 0
        for index in 0..<count where self[index] == 0x1f {
            wanted -= 1
            if wanted == 0 { return (start, index) }
            start = index + 1
        }
        return wanted == 1 ? (start, count) : nil
    }

    /// Where a text next occurs.
    func first(_ wanted: ArraySlice<UInt8>, from start: Int) -> Int? {
        guard let head = wanted.first else { return nil }
        var index = start
        while index + wanted.count <= count {
            if self[index] == head,
                UnsafeBufferPointer(rebasing: self[index..<(index + wanted.count)]).elementsEqual(wanted)
            {
                return index
            }
            index += 1
        }
        return nil
    }
}

extension UInt8 {
    /// Whether it goes on with a character that an earlier byte started.
    fileprivate var isContinuation: Bool { self & 0xc0 == 0x80 }
}

extension Int {
    /// The sum, or the nearest number there is.
    fileprivate func addingUnlessHuge(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min + 1 : .max) : sum
    }
}
