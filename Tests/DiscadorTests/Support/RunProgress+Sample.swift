import CampaignCore

@testable import CampaignRunner

extension RunProgress {
    /// The progress of a campaign of so many contacts, the rest of which has been accepted.
    static func sample(
        ready: Int = 28, of total: Int = 40, dialing: Int = 0, waits: WaitReason? = .replies(1),
        troubles: [String] = [], isStopping: Bool = false
    ) -> RunProgress {
        var counts = StateCounts()
        counts.ready = ready
        counts.dialing = dialing
        counts.accepted = total - ready - dialing
        return RunProgress(
            counts: counts, finishedAtStart: 0, elapsed: .seconds(3600), waitsFor: waits, wakesAt: nil,
            troubles: troubles, uncheckedInstances: 0, isStopping: isStopping)
    }
}
