import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Webhooks
import ZAPI
import ZAPISimulator

/// Dials the campaign of a demo while webhooks are received, until the simulator has told what became of every call.
struct DemoDialing {
    /// How long the last webhooks may take: a few seconds, unless the machine is very busy.
    static let timeout = Duration.seconds(30)

    let loaded: LoadedCampaign
    let options: GlobalOptions
    let stops: StopRequests
    let simulator: ZAPISimulator

    /// How it ended.
    struct End {
        let run: RunOutcome
        let webhooks: DemoWebhooks
        /// Whether somebody did not wait for the end.
        let isStopped: Bool
    }

    private struct Dialed {
        let end: DialEnd
        let webhooks: DemoWebhooks
    }

    /// - Returns: nil when another process goes on with it.
    func run(_ store: CampaignStore) async throws -> End? {
        let campaign = loaded.campaign
        let display = ProgressDisplay(output: options.output, reportsWaits: true)
        let setting = DialingSession.Setting(
            command: RunLabel.running([campaign.name]), isService: false, options: options, hearsEvents: true,
            onWarning: { display.warn($0) })
        let host = DialingHost(
            store: store, setting: setting,
            pool: try ConnectionPool(
                for: campaign.instances, connections: 2 * campaign.instances.count + campaign.workers,
                output: options.output),
            logger: SystemEnvironment.logger(options) { display.makeWay(for: $0) })
        let receiving = try DemoWebhookSetup.receiver()
        let webhooks = DemoWebhookSetup(campaign: campaign, options: options)
        let dialed = try await host.withSession { session in
            await stops.connect({ display.printNow() }) { await session.stop($0, [campaign.name]) }
            defer { stops.disconnect() }
            let events = EventReceiver(session, logger: host.logger)
            let (ports, sink) = AsyncStream.makeStream(of: Int.self)
            return try await events.receiving(receiving, onListening: { sink.yield($0) }) {
                try await host.servingRequests(session, events: events) {
                    var context = OperationContext(store: store, dialing: session)
                    context.onWebhookAddresses = { try? events.reloadAddresses() }
                    // It listens already.
                    for await port in ports {
                        options.output.note(Self.dialing(try await webhooks.run(port, context)))
                        break
                    }
                    let end = try await dial(session, store, display)
                    return Dialed(end: end, webhooks: await waitForWebhooks())
                }
            }
        }
        if case .handedOver = dialed.end { return nil }
        return End(
            run: outcome(of: dialed.end, store), webhooks: dialed.webhooks, isStopped: stops.mode != nil)
    }

    @inline(never)  // see `RunLoop.open`
    private func outcome(of end: DialEnd, _ store: CampaignStore) -> RunOutcome {
        RunOutcome(of: end, loaded.campaign.name, Result { try store.reader() })
    }

    private static func dialing(_ address: PublicAddress) -> Phrase {
        Phrase(
            "3. Dialing; webhooks are received at \(address.url.text) (Ctrl-C stops after the calls under way):",
            "3. Discagem; os webhooks são recebidos em \(address.url.text) (Ctrl-C para depois das ligações em "
                + "andamento):")
    }

    private func dial(
        _ session: DialingSession, _ store: CampaignStore, _ display: ProgressDisplay
    ) async throws -> DialEnd {
        let campaign = loaded.campaign
        display.add(campaign: campaign, forecast: RunForecast(campaign: campaign, reader: try store.reader()))
        return try await display.refreshing {
            let request = DialRequest(loaded, options: RunOptions(), isDetached: false)
            let end = await session.dial(request) {
                display.note($0, of: campaign.name)
            } unless: {
                stops.mode
            }
            display.end(campaign: campaign.name)
            return end
        }
    }

    /// Waits until the simulator has told everything, unless somebody stops the demo.
    private func waitForWebhooks() async -> DemoWebhooks {
        guard stops.mode == nil else { return DemoWebhooks(simulator) }
        let (ends, sink) = AsyncStream.makeStream(of: Void.self)
        await stops.connect { _ in sink.finish() }
        await withDiscardingTaskGroup { group in
            group.addTask {
                await simulator.webhooksAreSent()
                sink.finish()
            }
            group.addTask {
                try? await SystemEnvironment.clock.sleep(for: Self.timeout)
                sink.finish()
            }
            for await _ in ends {}
            group.cancelAll()
        }
        return DemoWebhooks(simulator)
    }
}
