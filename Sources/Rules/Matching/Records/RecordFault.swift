public import Values

/// Records that cannot be taken in.
public enum RecordFault: Refusal, Equatable {
    /// Rows count from 1, the header left out.
    case noName(row: Int)
    case nameTwice(String, rows: Int, Int)
    case tooMuchText
    case tooManyRecords
    /// The reason is the system's.
    case workFolder(String, reason: String)
    case workFolderFull(String, reason: String)

    public var sentence: String {
        switch self {
        case .noName(let row): "Record \(row) has no identifier. Every record needs one of its own."
        case .nameTwice(let name, let first, let second):
            """
            Records \(first) and \(second) are both called "\(name)". Give every record an identifier of its own, or \
            name another column as `identifier` in the model.
            """
        case .tooMuchText: "One column holds more than 4 GiB of different texts, more than can be linked in one run."
        case .tooManyRecords: "There are more than 4,294,967,280 records, more than can be linked in one run."
        case .workFolder(let folder, let reason):
            """
            Nothing can be written in "\(folder)" (\(reason)), the folder for columns that outgrow memory. Name a folder \
            that is there and may be written in.
            """
        case .workFolderFull(let folder, let reason):
            """
            Columns that outgrow memory find no room in "\(folder)" (\(reason)). Make room there, or name another folder.
            """
        }
    }
}
