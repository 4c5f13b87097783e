public import Values

/// Why a run that was stopped cannot go on.
public enum SavedRunFault: Refusal, Equatable {
    /// The reason is the system's.
    case folder(String, reason: String)
    case inUse(String)
    /// What is not as it was when the run began.
    case changed(String, folder: String)

    public var sentence: String {
        switch self {
        case .folder(let folder, let reason):
            """
            What is done cannot be kept in "\(folder)" (\(reason)). Name a work folder that is there and may be written \
            in.
            """
        case .inUse(let folder):
            "Another run keeps what it does in \"\(folder)\". Wait for it, or name another work folder."
        case .changed(let what, let folder):
            """
            "\(folder)" keeps a run that was stopped, but \(what) is not as it was then, so what is done there would not \
            fit. Give the same again, or remove that folder to begin anew.
            """
        }
    }
}
