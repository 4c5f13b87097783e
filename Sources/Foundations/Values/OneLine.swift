extension String {
    /// Whether it can stand in one line: without line breaks, tabs and characters that cannot be shown.
    public var isOneLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }
}
