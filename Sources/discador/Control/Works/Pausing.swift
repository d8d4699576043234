import Foundation

/// Lets the run of a campaign end in good order.
struct Pausing: Work {
    /// What comes of it.
    struct Outcome: Codable, Sendable {
        /// The process that dials and is about to end; nil when the campaign is not being dialled.
        var runner: Int32?
    }

    var campaign: String

    var label: String { "pause \(campaign)" }
    var order: WorkOrder { .pause(self) }

    func perform(at bench: Workbench) async -> Outcome {
        guard let run = bench.run, run.campaign == campaign else { return Outcome(runner: nil) }
        await run.stop()
        return Outcome(runner: ProcessInfo.processInfo.processIdentifier)
    }
}
