import Matching

/// Writes models: Splink's JSON when the name ends in .json, else our YAML.
enum ModelFile {
    static func draft(of model: Model, to path: String) throws -> Draft {
        guard path.hasSuffix(".json") else { return try Draft(model.yaml(), for: path) }
        let text = try model.splinkJSON(file: path)
        if !model.leftOutOfSplink.isEmpty {
            Terminal.note(
                "\(path) leaves out what Splink's files cannot say: \(model.leftOutOfSplink.joined(separator: ", ")).")
        }
        return try Draft(text, for: path)
    }
}
