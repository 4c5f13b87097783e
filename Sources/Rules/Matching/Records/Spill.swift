/// Where columns go that outgrow the memory they may take.
///
/// Their files have no name from the moment they are made: whatever the end of a run, nothing stays in the folder.
public struct Spill: Equatable, Sendable {
    /// A folder on a disk. One that is itself kept in memory, as /tmp is on some machines, saves nothing.
    public var folder: String
    /// How many bytes the columns may take in memory while they are read.
    public var memory: Int
    /// How many codes are written at a time.
    var codesAtOnce: Int
    /// How many bytes of each group of waiting texts are written at a time.
    var textsAtOnce: Int
    /// Columns smaller than this many bytes are never worth a file.
    var leastBytes = 1 << 16

    public init(to folder: String, beyond memory: Int) {
        self.folder = folder
        self.memory = memory
        codesAtOnce = min(1 << 20, max(1 << 14, memory >> 6))
        textsAtOnce = min(1 << 16, max(1 << 12, memory >> 12))
    }

    /// Refuses a folder in which no file can be made.
    public func check() throws(RecordFault) {
        _ = try SpillFile(in: folder)
    }
}
