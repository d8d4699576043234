import CampaignCore

/// What is known about a key before it is known to be one.
enum KeyName {
    /// Whether it can be shown: `token:abc` without a space after the colon is a key too, and holds a secret.
    static func isPresentable(_ key: String) -> Bool {
        (1...20).contains(key.utf8.count) && key.allSatisfy { EnvironmentFile.isNameCharacter($0) || $0 == "-" }
    }

    /// The known key closest to `typed`, when it is close enough to be meant.
    static func suggestion(for typed: String, among known: [String]) -> String? {
        ClosestName.to(typed, among: known)
    }
}
