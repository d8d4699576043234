import CampaignCore
import CampaignRunner
import Foundation
import Synchronization

/// Shows the progress of the campaigns under way: lines that are redrawn on a terminal, or elsewhere a line for each when
/// it begins, when something changes, each minute, and when it ends.
final class ProgressDisplay: Sendable {
    /// More campaigns than this share one line a minute where nothing is redrawn.
    static let maxLines = 20

    private struct State {
        var campaigns: [String: ShownCampaign] = [:]
        /// In the order in which they were added.
        var names: [String] = []
        /// Those of which something has not been reported yet.
        var news: [(name: String, event: ProgressEvent)] = []
        /// Wakes the task that reports it; nil while nothing is refreshed.
        var newsSink: AsyncStream<Void>.Continuation?
        /// Those that have ended since one was added last, for whoever asks while none is under way.
        var ended: [ShownCampaign] = []

        /// Those whose progress is known.
        var shown: [ShownCampaign] { names.compactMap { campaigns[$0] }.filter { $0.latest != nil } }

        mutating func remove(_ name: String) -> ShownCampaign? {
            names.removeAll { $0 == name }
            news.removeAll { $0.name == name }
            return campaigns.removeValue(forKey: name)
        }
    }

    private let output: Output
    private let reportsWaits: Bool
    private let shape: ProgressShape
    private let state = Mutex(State())
    /// Always taken before `state`, which is never held while something is written: a terminal that has been halted
    /// does not halt the calls.
    private let screen: Mutex<ScreenBlock>

    /// - Parameters:
    ///   - reportsWaits: whether a long wait is reported when it begins, if nothing is redrawn.
    ///   - style: what the user has chosen; nil: whatever suits stderr.
    init(output: Output, reportsWaits: Bool, style: ProgressStyle? = nil) {
        self.output = output
        self.reportsWaits = reportsWaits
        shape = output.isQuiet ? .none : ProgressShape(style, canRedraw: output.canRedraw)
        screen = Mutex(ScreenBlock(language: output.language))
    }

    /// Shows a campaign from its first progress on. If it is already shown, its file has been read again.
    ///
    /// - Parameter forecast: nil when nobody shall be told when it will end.
    func add(campaign: Campaign, forecast: RunForecast?) {
        state.withLock { state in
            state.ended = []
            let known = state.campaigns[campaign.name]
            if known == nil { state.names.append(campaign.name) }
            state.campaigns[campaign.name] = known?.read(again: campaign, forecast) ?? ShownCampaign(campaign, forecast)
        }
    }

    /// Stores the latest progress of a campaign; cheap, since it is called after every transaction.
    func note(_ progress: RunProgress, of campaign: String) {
        let now = SystemEnvironment.clock.now
        let (isNews, sink) = state.withLock { state in
            let event = state.campaigns[campaign]?.note(progress, at: now, reportsWaits: reportsWaits)
            guard let event else { return (false, state.newsSink) }
            if !state.news.contains(where: { $0.name == campaign }) { state.news.append((campaign, event)) }
            return (true, state.newsSink)
        }
        guard isNews else { return }
        if let sink { sink.yield() } else { reportNews() }
    }

    /// The campaign is not dialed any more. Its last block stays above the others; elsewhere its last line is printed.
    func end(campaign: String) {
        screen.withLock { block in
            let ended = state.withLock { state in
                let ended = state.remove(campaign)
                if let ended { state.ended.append(ended) }
                return ended
            }
            guard let ended, ended.latest != nil else { return }
            guard shape == .block else { return write([ended], .end) }
            let last = ended.text(at: SystemEnvironment.clock.now, language: output.language)
            draw(&block) { last?.block(width: $0.columns) ?? [] }
        }
    }

    /// Redraws until it is cancelled: time passes even when nothing happens, and terminals are resized.
    func refresh(on clock: some Clock<Duration>) async {
        guard shape != .none else { return }
        let (news, sink) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0.newsSink = sink }
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in news { self.reportNews() }
            }
            await redrawRepeatedly(on: clock)
            sink.finish()
        }
        state.withLock { $0.newsSink = nil }
        reportNews()
    }

    /// Redraws while `body` runs, and draws what is known at its end, which stays.
    func refreshing<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.refresh(on: SystemEnvironment.clock) }
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            group.cancelAll()
            try await group.waitForAll()
            end()
            return try result.get()
        }
    }

    /// Prints a line for each campaign immediately; when all have ended, for those.
    func printNow() {
        screen.withLock { block in
            let shown = shown()
            printLines(of: shown.isEmpty ? state.withLock(\.ended) : shown, &block)
        }
    }

    private func printLines(of shown: [ShownCampaign], _ block: inout ScreenBlock) {
        guard !shown.isEmpty else { return }
        output.clear(&block)
        write(shown, .progress)
    }

    /// Writes a line for each: for machines, or with the time of day, which the journal knows.
    private func write(_ shown: [ShownCampaign], _ event: ProgressEvent) {
        let now = SystemEnvironment.clock.now
        if shape == .json {
            for document in shown.compactMap({ $0.document(event, at: now) }) { output.progress(jsonLine: document) }
        } else if event == .progress || shape == .plain {
            let time = output.errors.isJournal ? "" : TimeText.timeOfDay(SystemEnvironment.now()) + " "
            // The end of a run that had nothing to do is no news.
            guard event != .end || !shown.allSatisfy({ $0.latest?.hadNothingToDo ?? false }) else { return }
            for line in logLines(of: shown) { output.note(line: time + line) }
        }
    }

    /// Draws what is known now, if it can be redrawn.
    func redraw() {
        screen.withLock { draw(&$0) }
    }

    /// Clears the screen so that something else can be written to stderr; what was there is redrawn below it.
    func makeWay(for writing: () -> Void) {
        screen.withLock { block in
            output.clear(&block)
            writing()
        }
    }

    /// Prints something useful to know above what is redrawn, unless --quiet is given.
    func note(_ text: String) {
        makeWay { output.note(text) }
    }

    /// The same in the user's language.
    func note(_ phrase: Phrase) {
        note(phrase[output.language])
    }

    /// Prints something that the user must know above what is redrawn.
    func warn(_ text: String) {
        makeWay { output.warn(text) }
    }

    /// The same in the user's language.
    func warn(_ phrase: Phrase) {
        warn(phrase[output.language])
    }

    /// Draws what is known of the campaigns that have not ended, which stays.
    func end() {
        screen.withLock { block in
            let last = layout(shown())
            state.withLock { $0 = State(newsSink: $0.newsSink, ended: $0.ended + $0.shown) }
            draw(&block) { last.lines(in: $0) }
        }
    }

    private func redrawRepeatedly(on clock: some Clock<Duration>) async {
        let interval = shape.interval
        var schedule = ForecastSchedule<ContinuousClock.Instant>(credit: interval)
        var known: [String: RunProgress] = [:]
        while (try? await clock.sleep(for: interval)) != nil {
            updateForecasts(&schedule, on: SystemEnvironment.clock)
            switch shape {
            case .block: redraw()
            case .plain: screen.withLock { printLines(of: shown(), &$0) }
            case .json:
                // A campaign that waits for the night to end says so once.
                let changed = shown().filter { known[$0.campaign.name]?.hasSameFigures(as: $0.latest) != true }
                for campaign in changed { known[campaign.campaign.name] = campaign.latest }
                screen.withLock { _ in write(changed, .progress) }
            case .none: break
            }
        }
    }

    private func updateForecasts(
        _ schedule: inout ForecastSchedule<ContinuousClock.Instant>, on clock: ContinuousClock
    ) {
        let limit = shape == .block ? ProgressLayout.maxBlocks : Self.maxLines
        let names = shown().filter { $0.forecast != nil }.map(\.campaign.name)
        // Nobody would see them.
        guard names.count <= limit else { return }
        while let name = schedule.next(of: names, at: clock.now) {
            let time = clock.measure { updateForecast(of: name) }
            schedule.note(name, took: time, at: clock.now)
        }
    }

    private func updateForecast(of campaign: String) {
        guard let shown = state.withLock({ $0.campaigns[campaign] }), let progress = shown.latest else { return }
        let endsAt = shown.forecast?.end(
            of: progress, now: SystemEnvironment.now(), uptime: SystemEnvironment.uptime())
        state.withLock { $0.campaigns[campaign]?.endsAt = endsAt }
    }

    /// Prints the lines of those of which there is news. With many campaigns, the line of the minute says it.
    private func reportNews() {
        screen.withLock { _ in
            let (news, count) = state.withLock { state in
                defer { state.news = [] }
                let news = state.news.compactMap { item in state.campaigns[item.name].map { ($0, item.event) } }
                return (news, state.shown.count)
            }
            guard shape == .json || shape == .plain && count <= Self.maxLines else { return }
            for (campaign, event) in news { write([campaign], event) }
        }
    }

    private func logLines(of shown: [ShownCampaign]) -> [String] {
        guard shown.count <= Self.maxLines else {
            return [ProgressTotals(shown.compactMap(\.latest), language: output.language).line]
        }
        let now = SystemEnvironment.clock.now
        return shown.compactMap { $0.text(at: now, language: output.language)?.line }
    }

    /// - Parameter staying: lines that are drawn above the others once, and stay.
    private func draw(_ block: inout ScreenBlock, below staying: (TerminalSize) -> [String] = { _ in [] }) {
        guard shape == .block else { return }
        let layout = layout(shown())
        output.draw(in: &block, staying: staying, live: { layout.lines(in: $0) })
    }

    private func shown() -> [ShownCampaign] { state.withLock(\.shown) }

    private func layout(_ shown: [ShownCampaign]) -> ProgressLayout {
        let now = SystemEnvironment.clock.now
        return ProgressLayout(
            shown.compactMap { $0.text(at: now, language: output.language) },
            ProgressTotals(shown.compactMap(\.latest), language: output.language))
    }
}

extension RunProgress {
    /// Whether everybody had been called when it began.
    fileprivate var hadNothingToDo: Bool {
        counts.ready + counts.dialing == 0 && counts.finished == finishedAtStart
    }

    /// Whether nothing but the time differs.
    fileprivate func hasSameFigures(as other: RunProgress?) -> Bool {
        guard let other else { return false }
        return counts == other.counts && outcomes == other.outcomes && troubles == other.troubles
            && isStopping == other.isStopping
            && ProgressDocument.activity(waitsFor) == ProgressDocument.activity(other.waitsFor)
    }
}
