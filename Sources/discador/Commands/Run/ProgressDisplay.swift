import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Synchronization

/// Shows the progress of a run: a block of lines that is redrawn on a terminal, or a line per minute elsewhere.
final class ProgressDisplay: Sendable {
    private struct State {
        var latest: RunProgress?
        /// When it was reported.
        var notedAt = SystemEnvironment.clock.now
        var endsAt: Timestamp?
        var block = ScreenBlock()
        /// The long wait that was last reported; nil once a call has begun since.
        var reportedWait: WaitReason?
    }

    private let campaign: Campaign
    private let output: Output
    private let forecast: RunForecast
    private let reportsWaits: Bool
    private let state = Mutex(State())

    /// - Parameter reportsWaits: whether a long wait is reported when it begins, if no block is redrawn.
    init(campaign: Campaign, output: Output, forecast: RunForecast, reportsWaits: Bool) {
        self.campaign = campaign
        self.reportsWaits = reportsWaits
        self.output = output
        self.forecast = forecast
    }

    /// Stores the latest progress; cheap, since it is called after every transaction.
    func note(_ progress: RunProgress) {
        let now = SystemEnvironment.clock.now
        let isNews = state.withLock { state in
            state.latest = progress
            state.notedAt = now
            if progress.counts.dialing > 0 { state.reportedWait = nil }
            guard reportsWaits, !progress.isStopping, let wait = progress.waitsFor, wait.isLong,
                wait != state.reportedWait
            else {
                return false
            }
            state.reportedWait = wait
            return true
        }
        if isNews, !output.canRedraw { printNow() }
    }

    /// Redraws until it is cancelled: time passes even when nothing happens, and terminals are resized.
    func refresh(on clock: some Clock<Duration>) async {
        guard !output.isQuiet else { return }
        let interval: Duration = output.canRedraw ? .milliseconds(250) : .seconds(60)
        var nextForecast = clock.now
        while (try? await clock.sleep(for: interval)) != nil {
            if clock.now >= nextForecast {
                let time = clock.measure { updateForecast() }
                // However large the database is, the forecast uses little of the machine.
                nextForecast = clock.now.advanced(by: max(.seconds(15), time * 100))
            }
            output.canRedraw ? draw() : printNow()
        }
    }

    /// Prints one line immediately.
    func printNow() {
        state.withLock { state in
            guard let text = Self.text(state, of: campaign) else { return }
            output.clear(&state.block)
            output.note(text.line)
        }
    }

    /// Clears the block so that something else can be written to stderr; the block is redrawn below it.
    func makeWay(for writing: () -> Void) {
        state.withLock { state in
            output.clear(&state.block)
            writing()
        }
    }

    /// Draws the final block, which stays.
    func end() {
        if output.canRedraw, !output.isQuiet { draw() }
    }

    private func updateForecast() {
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
    /// Whether it may take so long that the user should know immediately.
    fileprivate var isLong: Bool {
        switch self {
        case .window, .cap, .ringing, .asked: true
        case .pace, .retry, .replies, .instance, .canary: false
        }
    }
}

/// When a run will end, by the rules of `plan`.
struct RunForecast: Sendable {
    let campaign: Campaign
    let reader: StoreReader

    /// When the last call ends; nil while that cannot be determined.
    func end(of progress: RunProgress, now: Timestamp, uptime: Uptime) -> Timestamp? {
        let counts = progress.counts
        let calendar = ContactClocks.calendar(of: campaign)
        // What cannot be forecast is not shown; the run itself reports errors of the database.
        guard let limits = try? reader.limits(of: campaign, now: now, boot: uptime.boot) else { return nil }
        let baseline = ForecastBaseline(
            of: campaign, limits, now: now, uptime: uptime, calendar: campaign.calendar)
        let forecast = CallForecast(
            of: campaign, contacts: counts.ready + counts.dialing, baseline: baseline, now: now, calendar: calendar)
        guard forecast.rate.perHour == nil else { return forecast.endsAt }
        // With the speed of Z-API's replies, which only the run itself knows.
        let done = counts.finished - progress.finishedAtStart
        guard done > 0 else { return nil }
        return now.advanced(by: progress.elapsed / done * (counts.total - counts.finished))
    }
}
