import CampaignCore

/// The keys of one mapping that are none: a file of another kind can have tens of thousands of them.
struct UnknownKeys {
    /// Nobody reads more, and for each one the known key is looked for that it is closest to.
    static let maxReported = 100

    private var count = 0

    /// Reports a key, with what it may have been meant to be.
    mutating func report(_ key: String, at place: Place, among known: [String], _ reading: inout Reading) {
        count += 1
        guard count <= Self.maxReported else { return }
        let meant = KeyName.suggestion(for: key, among: known)
        let remedy = meant.map { "did you mean `\($0)`?" } ?? "the keys here are \(known.joined(separator: ", "))"
        reading.report("this key is not known", at: place, remedy: remedy)
    }

    /// Says how many more there are.
    func reportRest(at place: Place, _ reading: inout Reading) {
        guard count > Self.maxReported else { return }
        let rest = count - Self.maxReported
        reading.report(
            "\(rest) more \(rest.noun("key is", "keys are")) not known", at: place,
            remedy: "check that this is a campaign file")
    }
}
