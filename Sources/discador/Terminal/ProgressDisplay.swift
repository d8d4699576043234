import CampaignCore
import CampaignRunner
import Foundation
import Synchronization

/// Shows a run while it goes on: a block that stays in place on a terminal, a line a minute elsewhere.
final class ProgressDisplay: Sendable {
    private struct State {
        var latest: RunProgress?
        var linesDrawn = 0
    }

    private let campaign: String
    private let zone: TimeZone
    private let output: Output
    private let state = Mutex(State())

    init(campaign: Campaign, output: Output) {
        self.campaign = campaign.name
        zone = campaign.timeZone
        self.output = output
    }

    /// Takes note of how the run stands; cheap, since it is called after every transaction.
    func note(_ progress: RunProgress) {
        state.withLock { $0.latest = progress }
    }

    /// Draws again and again until it is cancelled.
    func refresh(on clock: some Clock<Duration>) async {
        guard !output.isQuiet else { return }
        let interval: Duration = output.canRedraw ? .milliseconds(250) : .seconds(60)
        while (try? await clock.sleep(for: interval)) != nil {
            output.canRedraw ? draw() : printNow()
        }
    }

    /// One line, at once.
    func printNow() {
        guard let progress = state.withLock(\.latest) else { return }
        output.note(ProgressText(progress, campaign: campaign, zone: zone).line)
    }

    /// The last block, which stays.
    func end() {
        if output.canRedraw, !output.isQuiet { draw() }
    }

    private func draw() {
        state.withLock { state in
            guard let progress = state.latest else { return }
            let lines = ProgressText(progress, campaign: campaign, zone: zone).block
            output.redraw(lines, over: state.linesDrawn)
            state.linesDrawn = lines.count
        }
    }
}
