import CampaignCore

/// The location of an entry in the campaign file.
struct SourceLocation: Hashable {
    /// `instances[0].pace.per`; empty for the file's top level.
    var keyPath: String
    var line: Int?
    var column: Int?

    /// The path of an entry below this one.
    func path(to key: String) -> String {
        keyPath.isEmpty ? key : "\(keyPath).\(key)"
    }
}

/// The state of parsing one campaign file: the variables, and the problems found so far.
struct ParseContext {
    let environment: [String: String]
    /// Where variables may also be set, in words; nil: that is not known.
    let environmentFile: Phrase?
    /// Whether secrets, and the ids of instances, must be there; without them the campaign cannot be dialed.
    let needsSecrets: Bool
    /// The variables that the file refers to, with their values.
    private(set) var variables: [String: String] = [:]
    private(set) var problems: [CampaignFileError.Problem] = []

    init(environment: [String: String], environmentFile: Phrase? = nil, needsSecrets: Bool = true) {
        self.environment = environment
        self.environmentFile = environmentFile
        self.needsSecrets = needsSecrets
    }

    /// The text of a template; its variables have values.
    mutating func filled(_ template: VariableTemplate) -> String {
        for name in template.variables { variables[name] = environment[name] }
        return template.filled(from: environment)
    }

    /// Whether a variable has no value.
    func isUnset(_ name: String) -> Bool { (environment[name] ?? "").isEmpty }

    mutating func report(_ message: Phrase, at location: SourceLocation, remedy: Phrase) {
        problems.append(
            CampaignFileError.Problem(
                line: location.line,
                column: location.column,
                keyPath: location.keyPath.isEmpty ? nil : location.keyPath,
                message: message,
                remedy: remedy
            )
        )
    }
}
