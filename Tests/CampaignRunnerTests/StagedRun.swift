import CampaignCore
import CampaignRunner

/// A run whose end is known to whoever waits for something that it does.
struct StagedRun: Sendable {
    private let run: CampaignRun<ManualClock>
    private let line: ScriptedLine
    private let control: RunControl

    /// - Parameter line: in use from now on, though the run begins later.
    init(_ run: CampaignRun<ManualClock>, line: ScriptedLine, control: RunControl) {
        (self.run, self.line, self.control) = (run, line, control)
        line.noteRun()
    }

    /// Runs to the end; once. A test that fails in the middle does not wait for an end that never comes.
    func run() async throws -> RunReport {
        defer { line.noteEnd() }
        return try await withTaskCancellationHandler {
            try await run.run()
        } onCancel: {
            Task { await control.stop(.halt) }
        }
    }
}
