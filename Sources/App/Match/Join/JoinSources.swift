import Matching

/// The tables of a join: for each source its old files in their order, and those with new records.
struct JoinSources {
    struct Source {
        let name: String
        /// The first is the table; what follows came later, and its records replace earlier ones of the same name.
        var old: [String]
        var new: [String] = []
    }

    private(set) var sources: [Source] = []

    /// - Parameters:
    ///   - input: the old files, each of the source that it names, or that is called like it.
    ///   - new: the new ones, likewise; where there is one source only, all are of that.
    init(_ input: MatchInput, new: [String], of model: Model) throws {
        let isOne = model.links == .dedupe && model.sources.isEmpty
        for file in input.input.map(MatchInput.source) {
            if let place = sources.firstIndex(where: { isOne || $0.name == file.name }) {
                sources[place].old.append(file.path)
            } else {
                sources.append(Source(name: file.name, old: [file.path]))
            }
        }
        try Self.check(sources.map(\.name), of: model)
        for file in new.map(MatchInput.source) {
            let named = sources.firstIndex { $0.name == file.name }
            guard let place = named ?? (sources.count == 1 ? 0 : nil) else {
                throw MatchFault(
                    """
                    Of which table does \(file.path) bring new records? Say so, as in --new \
                    \(sources[0].name)=\(file.path). The tables are called \(sources.map(\.name).joined(separator: ", ")).
                    """)
            }
            sources[place].new.append(file.path)
        }
    }

    var hasSeveral: Bool { sources.count > 1 }

    var paths: [String] { sources.flatMap { $0.old + $0.new } }

    /// Refuses sources that the model does not mean.
    static func check(_ names: [String], of model: Model) throws {
        let known = model.sources.map(\.name)
        for name in known where !names.contains(name) {
            throw MatchFault(
                """
                The model knows a source "\(name)", but no input is called so. Name it: --input \(name)=FILE. \
                The inputs are called \(names.joined(separator: ", ")).
                """)
        }
        if model.links == .dedupe, names.count > 1, known.isEmpty {
            throw MatchFault(
                """
                The model looks for duplicates within one table (dedupe), but \(names.count) were given. Give one, or \
                let the model say `links: link-and-dedupe` or `links: link`.
                """)
        }
        if model.links == .link, names.count < 2 {
            throw MatchFault("The model links records of different tables (link), but one was given. Give two or more.")
        }
    }
}
