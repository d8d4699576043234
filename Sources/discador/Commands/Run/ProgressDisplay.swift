import CampaignCore
import CampaignRunner
import Foundation
import Synchronization

/// Shows a run while it goes on: a block that stays in place on a terminal, a line a minute elsewhere.
final class ProgressDisplay: Sendable {
    private struct State {
        var latest: RunProgress?
        /// When it was so.
        var notedAt = SystemEnvironment.clock.now
        var endsAt: Timestamp?
        var block = ScreenBlock()
        /// The long wait that was said last; nil once a call has begun since.
        var said: WaitReason?
    }

    private let campaign: Campaign
    private let output: Output
    private let forecast: RunForecast
    private let state = Mutex(State())

    private let saysWaits: Bool

    /// - Parameter saysWaits: whether a long wait is said when it begins, where no block stays in place.
    init(campaign: Campaign, output: Output, forecast: RunForecast, saysWaits: Bool) {
        self.campaign = campaign
        self.saysWaits = saysWaits
        self.output = output
        self.forecast = forecast
    }

    /// Takes note of how the run stands; cheap, since it is called after every transaction.
    func note(_ progress: RunProgress) {
        let now = SystemEnvironment.clock.now
        let isNews = state.withLock { state in
            state.latest = progress
            state.notedAt = now
            if progress.counts.dialing > 0 { state.said = nil }
            guard saysWaits, !progress.isStopping, let wait = progress.waitsFor, wait.isLong, wait != state.said else {
                return false
            }
            state.said = wait
            return true
        }
        if isNews, !output.canRedraw { printNow() }
    }

    /// Draws again and again until it is cancelled: time goes on where nothing happens, and windows are resized.
    func refresh(on clock: some Clock<Duration>) async {
        guard !output.isQuiet else { return }
        let interval: Duration = output.canRedraw ? .milliseconds(250) : .seconds(60)
        var nextLook = clock.now
        while (try? await clock.sleep(for: interval)) != nil {
            if clock.now >= nextLook {
                let time = clock.measure { look() }
                // However large the database is, looking ahead takes little of the machine.
                nextLook = clock.now.advanced(by: max(.seconds(15), time * 100))
            }
            output.canRedraw ? draw() : printNow()
        }
    }

    /// One line, at once.
    func printNow() {
        state.withLock { state in
            guard let text = Self.text(state, of: campaign) else { return }
            output.clear(&state.block)
            output.note(text.line)
        }
    }

    /// Lets something else be written to stderr where the block stands, which is drawn again below it.
    func makeWay(for writing: () -> Void) {
        state.withLock { state in
            output.clear(&state.block)
            writing()
        }
    }

    /// The last block, which stays.
    func end() {
        if output.canRedraw, !output.isQuiet { draw() }
    }

    private func look() {
        guard let progress = state.withLock(\.latest) else { return }
        let endsAt = forecast.end(of: progress, now: SystemEnvironment.now(), uptime: SystemEnvironment.uptime())
        state.withLock { $0.endsAt = endsAt }
    }

    private func draw() {
        state.withLock { state in
            guard let text = Self.text(state, of: campaign) else { return }
            output.draw(in: &state.block) { text.block(width: $0) }
        }
    }

    private static func text(_ state: State, of campaign: Campaign) -> ProgressText? {
        state.latest.map { progress in
            ProgressText(
                progress.aged(by: SystemEnvironment.clock.now - state.notedAt), of: campaign, endsAt: state.endsAt,
                now: SystemEnvironment.now())
        }
    }
}

extension WaitReason {
    /// Whether it may take so long that a person should know of it at once.
    fileprivate var isLong: Bool {
        switch self {
        case .window, .cap, .ringing, .asked: true
        case .pace, .retry, .replies, .instance, .canary: false
        }
    }
}
