import CampaignStore
import Foundation

/// Keeps a campaign from being dialed until it is resumed, and lets its run end in good request.
struct PauseCampaign: StoreOperation {
    /// What comes of it.
    struct Outcome: Codable, Sendable {
        /// The pause that holds: an earlier one, where there was one.
        var pause: CampaignPause
        /// The process that dials and is about to end; nil when the campaign is not being dialed.
        var runner: Int32?
    }

    var campaign: String
    /// By whoever asks for it.
    var pause: CampaignPause

    var label: String { "pause \(campaign)" }
    var request: ControlRequest { .pause(self) }

    func perform(at context: OperationContext) async throws -> Outcome {
        guard let run = context.run, run.campaign == campaign else {
            return Outcome(pause: try await context.store.pause(campaign: campaign, pause), runner: nil)
        }
        // First, so that no call begins even where the pause cannot be written.
        await run.stop()
        let pause = try await context.store.pause(campaign: campaign, pause)
        let runner = await run.hasEnded ? nil : ProcessInfo.processInfo.processIdentifier
        return Outcome(pause: pause, runner: runner)
    }
}
