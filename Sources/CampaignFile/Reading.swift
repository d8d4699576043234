/// Where an entry stands in the campaign file.
struct Place: Hashable {
    /// `instances[0].pace.per`; empty for the file's top level.
    var keyPath: String
    var line: Int?
    var column: Int?

    /// The path of an entry below this one.
    func path(to key: String) -> String {
        keyPath.isEmpty ? key : "\(keyPath).\(key)"
    }
}

/// One pass over a campaign file: the variables at hand, and all that was found wrong so far.
struct Reading {
    let environment: [String: String]
    private(set) var problems: [CampaignFileError.Problem] = []

    init(environment: [String: String]) {
        self.environment = environment
    }

    mutating func report(_ message: String, at place: Place, remedy: String) {
        problems.append(
            CampaignFileError.Problem(
                line: place.line,
                column: place.column,
                keyPath: place.keyPath.isEmpty ? nil : place.keyPath,
                message: message,
                remedy: remedy
            )
        )
    }
}
