import CampaignStore

extension CampaignPause {
    /// Since when and by whom: `since 2026-11-26T09:00:00Z, by ana (uid 1000) with “pause november”`.
    var text: String {
        "since \(TimeText.iso(since)), by \(user) with “\(command)”"
    }
}

/// A pause for machines.
struct PauseDocument: Encodable {
    var since: String
    var user: String
    var command: String

    init(_ pause: CampaignPause) {
        since = TimeText.iso(pause.since)
        user = pause.user
        command = pause.command
    }
}
