import CampaignRunner
import Foundation

/// What the operations of other commands ask of a session.
extension DialingSession {
    /// The campaigns that are being dialed.
    var campaigns: [String] { runs.keys.sorted() }

    func isDialing(_ campaign: String) -> Bool { runs[campaign] != nil }

    /// Those that nobody watches.
    var detached: [String] { runs.filter(\.value.isDetached).keys.sorted() }

    /// Waits until a campaign is not dialed any more.
    func waitForEnd(of campaign: String) async {
        guard isDialing(campaign) else { return }
        _ = await end(of: campaign)
    }

    /// Waits until none of these campaigns is dialed any more.
    func waitForEnd(of campaigns: [String]) async {
        for campaign in campaigns { await waitForEnd(of: campaign) }
    }

    /// An operation has ended that may have changed which contacts are to be called.
    func noteOperation() {
        hasChanges = true
        for campaign in runs.keys { runs[campaign]?.hasChanges = true }
        control.noteContactsChanged()
    }

    /// From the return of this on, no call to these people is sent, not even one that was claimed before.
    nonisolated func holdBack(_ identities: [Int64]) {
        if !identities.isEmpty { control.noteBlocked(identities) }
    }

    /// Whether an operation has changed contacts since this was last asked.
    func takeChanges() -> Bool {
        defer { hasChanges = false }
        return hasChanges
    }

    /// This process, if it is about to end because a campaign is not dialed any more.
    func processEnding(with campaign: String) -> Int32? {
        isService || !campaigns.isEmpty ? nil : ProcessInfo.processInfo.processIdentifier
    }
}
