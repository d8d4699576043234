import CampaignCore
import CampaignRunner
import CampaignStore
import Synchronization
import UnixSignals
import ZAPI

/// Joins the parts of a run: the queue, Z-API, the clocks, the signals and the display.
struct CampaignDialing {
    let campaign: Campaign
    let options: GlobalOptions
    var runOptions = RunOptions()

    /// Dials until the run ends; SIGINT, SIGTERM and SIGHUP drain it, a second one halts it, SIGUSR1 prints its progress. Other
    /// commands have their work done meanwhile.
    func run(_ store: CampaignStore) async throws -> RunReport {
        let live = ActiveRun(of: campaign.name)
        let shown = Shown()
        // Over all runs that follow one another, and while the work of others is waited for: no signal is lost in between.
        let signals = await UnixSignalsSequence(trapping: StopSignals.all + [.sigusr1])
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await Self.obey(signals, live, shown) }
            defer { group.cancelAll() }
            return try await dial(store, live, shown)
        }
    }

    private func dial(_ store: CampaignStore, _ live: ActiveRun, _ shown: Shown) async throws -> RunReport {
        while true {
            let control = await live.begin()
            var report = try await ControlServer.open(beside: live, store, options: options) {
                try await dial(store, control, shown)
            }
            guard report.end == .finished else { return report }
            // Between the last look of the run and the closing of the desk others may have resolved doubts, or put contacts in.
            report.counts = try store.reader().counts(campaign: campaign.name)
            guard report.counts.ready > 0 else { return report }
            if await live.isStopped { report.end = .drained }
            guard await live.mayBeFollowed else { return report }
        }
    }

    private func dial(_ store: CampaignStore, _ control: RunControl, _ shown: Shown) async throws -> RunReport {
        var campaign = campaign
        // A call that waits for a connection is one that nobody can stop any more.
        campaign.workers = OpenFileLimit.affordable(connections: campaign.workers)
        let forecast = RunForecast(campaign: campaign, reader: try store.reader())
        let line = try ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout,
            // Questions to an instance that does not answer must not take the connections of calls.
            connections: self.campaign.workers + 2 * campaign.instances.count, output: options.output)
        let display = ProgressDisplay(
            campaign: campaign, output: options.output, forecast: forecast, saysWaits: runOptions.waits)
        shown.display.withLock { $0 = display }
        var dependencies = CampaignRun<ContinuousClock>.Dependencies(
            clock: SystemEnvironment.clock, now: SystemEnvironment.now, uptime: SystemEnvironment.uptime,
            calendar: campaign.calendar, random: SystemEnvironment.random,
            logger: SystemEnvironment.logger(options) { display.makeWay(for: $0) }, onProgress: { display.note($0) })
        dependencies.gate = ContactWindow(of: campaign)
        dependencies.queueLine = line
        let run = CampaignRun(
            campaign: campaign, queue: store, line: line, control: control, dependencies: dependencies,
            options: runOptions)
        let result: Result<RunReport, StoreError> = await withTaskGroup { group in
            group.addTask { await display.refresh(on: SystemEnvironment.clock) }
            let result: Result<RunReport, StoreError>
            do throws(StoreError) {
                result = .success(try await run.run())
            } catch {
                result = .failure(error)
            }
            group.cancelAll()
            return result
        }
        display.end()
        try await line.shutdown()
        return try result.get()
    }

    private static func obey(_ signals: UnixSignalsSequence, _ live: ActiveRun, _ shown: Shown) async {
        var isDraining = false
        for await signal in signals {
            if signal == .sigusr1 {
                shown.display.withLock(\.self)?.printNow()
            } else {
                await isDraining ? live.halt() : live.stop()
                isDraining = true
            }
        }
    }

    /// What shows the progress now.
    private final class Shown: Sendable {
        let display = Mutex<ProgressDisplay?>(nil)
    }
}
