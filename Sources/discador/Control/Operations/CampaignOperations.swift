import CampaignStore
import Foundation

/// Excludes everybody of a campaign whose turn has not come, and ends its run.
struct CancelCampaign: StoreOperation {
    /// What comes of it.
    struct Outcome: Codable, Sendable {
        /// Contacts that will not be called.
        var cancelled: Int
        /// The process that dialed the campaign and is about to end; nil when nobody did.
        var runner: Int32?
    }

    var campaign: String

    var label: String { "cancel \(campaign)" }
    var request: ControlRequest { .cancel(self) }

    func perform(at context: OperationContext) async throws -> Outcome {
        guard let run = context.run, run.campaign == campaign else {
            return Outcome(cancelled: try await context.store.cancel(campaign: campaign), runner: nil)
        }
        await run.stop()
        guard await !run.hasEnded else {
            return Outcome(cancelled: try await context.store.cancel(campaign: campaign), runner: nil)
        }
        // At once, so that it holds should this process be killed while it waits.
        _ = try await context.store.cancel(campaign: campaign, isBeingDialed: true)
        await run.waitForEnd()
        // A call that was under way may have come back to be tried again.
        let cancelled = try await context.store.cancel(campaign: campaign, isAfterRun: true)
        return Outcome(cancelled: cancelled, runner: ProcessInfo.processInfo.processIdentifier)
    }
}
