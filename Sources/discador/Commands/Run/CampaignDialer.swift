import CampaignCore
import CampaignRunner
import CampaignStore
import Synchronization
import UnixSignals
import ZAPI

/// Dials a campaign: connects the store, Z-API, clocks, signals, display and the requests of other commands.
struct CampaignDialer {
    let campaign: Campaign
    let options: GlobalOptions
    var runOptions = RunOptions()

    /// Dials until the run ends. SIGINT, SIGTERM and SIGHUP drain it, a second one halts it, SIGUSR1 prints its
    /// progress. Requests of other commands are served during that time.
    func run(_ store: CampaignStore) async throws -> RunReport {
        let run = ActiveRun(of: campaign.name)
        let shown = Shown()
        // For all runs in succession, and while operations finish, so that no signal is lost in between.
        let signals = await UnixSignalsSequence(trapping: Signals.stop + [.sigusr1])
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await Self.obey(signals, run, shown) }
            defer { group.cancelAll() }
            return try await dial(store, run, shown)
        }
    }

    private func dial(_ store: CampaignStore, _ run: ActiveRun, _ shown: Shown) async throws -> RunReport {
        while true {
            let control = await run.begin()
            var report = try await serveRequests(store, beside: run) {
                try await dial(store, control, shown)
            }
            guard report.end == .finished else { return report }
            // Between the run's last commit and the closing of the server, other commands may have resolved doubts or
            // imported contacts.
            report.counts = try store.reader().counts(campaign: campaign.name)
            guard report.counts.ready > 0 else { return report }
            if await run.isStopped { report.end = .drained }
            guard await run.mayBeFollowed else { return report }
        }
    }

    /// Serves requests of other commands during the run, and after its end until no operation is under way.
    private func serveRequests(
        _ store: CampaignStore, beside run: ActiveRun, _ dial: () async throws -> RunReport
    ) async throws -> RunReport {
        store.noteCommand(RunLabel.running(run.campaign))
        let server: ControlServer
        do {
            server = try await ControlServer(
                at: OperationContext(store: store, run: run), logger: SystemEnvironment.logger(options))
        } catch {
            let reason = Failure(error)?.message ?? "\(error)"
            options.output.warn("no other command can change the database during this run: \(reason).")
            return try await dial()
        }
        async let serving: Void = server.serve()
        let report: Result<RunReport, any Error>
        do {
            report = .success(try await dial())
        } catch {
            report = .failure(error)
        }
        await run.noteEnd()
        await server.close { operations in
            let names = operations.map { "`\($0)`" }.joined(separator: ", ")
            options.output.note(
                "The run has ended, and no call is under way; waiting for \(names), requested by "
                    + "\(operations.count.noun("another command", "other commands")).")
        }
        await serving
        return try report.get()
    }

    private func dial(_ store: CampaignStore, _ control: RunControl, _ shown: Shown) async throws -> RunReport {
        var campaign = campaign
        // A call that waits for a connection can no longer be stopped.
        campaign.workers = OpenFileLimit.affordable(connections: campaign.workers)
        let forecast = RunForecast(campaign: campaign, reader: try store.reader())
        let client = try ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout,
            // Health checks of an instance that does not answer must not take the connections of calls.
            connections: self.campaign.workers + 2 * campaign.instances.count, output: options.output)
        let display = ProgressDisplay(
            campaign: campaign, output: options.output, forecast: forecast, reportsWaits: runOptions.waits)
        shown.display.withLock { $0 = display }
        var dependencies = CampaignRun<ContinuousClock>.Dependencies(
            clock: SystemEnvironment.clock, now: SystemEnvironment.now, uptime: SystemEnvironment.uptime,
            calendar: campaign.calendar, random: SystemEnvironment.random,
            logger: SystemEnvironment.logger(options) { display.makeWay(for: $0) }, onProgress: { display.note($0) })
        dependencies.gate = ContactWindow(of: campaign)
        dependencies.providerQueue = client
        let run = CampaignRun(
            campaign: campaign, store: store, provider: client, control: control, dependencies: dependencies,
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
        try await client.shutdown()
        return try result.get()
    }

    private static func obey(_ signals: UnixSignalsSequence, _ run: ActiveRun, _ shown: Shown) async {
        var isDraining = false
        for await signal in signals {
            if signal == .sigusr1 {
                shown.display.withLock(\.self)?.printNow()
            } else {
                await isDraining ? run.halt() : run.stop()
                isDraining = true
            }
        }
    }

    /// The display of the current run.
    private final class Shown: Sendable {
        let display = Mutex<ProgressDisplay?>(nil)
    }
}
