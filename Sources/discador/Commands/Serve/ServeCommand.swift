import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Dashboard
import Foundation
import Logging
import Webhooks
import ZAPI

/// `discador serve`: holds the database until it is stopped, and dials what other commands ask for.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        Phrase(
            "The resident service: dial whatever is active, until it is stopped.",
            "O serviço residente: discar tudo o que está ativo, até ser parado."),
        discussion: Phrase(
            """
            It goes on with every campaign that was being dialed when the last process ended, also after a crash or a \
            reboot, and dials what `discador run` asks for from other terminals. The values of ${…} in a campaign file \
            come from the command that asked, or from this process's environment and its env file; they are never \
            written anywhere.

            What cannot be dialed (a file that has gone, a variable that is not set) is said once, and the rest goes on. \
            SIGTERM, SIGINT or SIGHUP begins no further call, waits for the calls under way, and ends with 0; the \
            campaigns stay active for the next start. A second signal abandons the calls and leaves them in doubt. SIGUSR1 \
            prints the progress of each campaign.
            """,
            """
            Ele continua com toda campanha que estava sendo discada quando o último processo terminou, também depois de uma \
            queda ou de um reinício, e disca o que `discador run` pede de outros terminais. Os valores de ${…} num arquivo \
            de campanha vêm do comando que pediu, ou do ambiente deste processo e do seu arquivo env; nunca são gravados.

            O que não pode ser discado (um arquivo que sumiu, uma variável sem valor) é dito uma vez, e o resto continua. \
            SIGTERM, SIGINT ou SIGHUP não começa outra ligação, espera as que estão em andamento, e sai com 0; as campanhas \
            continuam ativas para o próximo início. Um segundo sinal abandona as ligações e as deixa em dúvida. SIGUSR1 \
            mostra o andamento de cada campanha.
            """),
        examples: [
            "discador serve --webhooks 127.0.0.1:8080", "discador serve cobranca-novembro --progress plain",
        ])

    @Argument(
        help: ArgumentHelp(
            SystemEnvironment.language.text(
                "Campaigns to start, as by `run --detach`: their folders, their campaign.yml, or their names.",
                "Campanhas a iniciar, como por `run --detach`: suas pastas, seus campaign.yml, ou seus nomes."),
            valueName: "campaign"))
    var campaigns: [String] = []

    @OptionGroup var progress: ProgressOptions
    @OptionGroup var dashboard: DashboardOptions
    @OptionGroup var webhooks: WebhookOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard webhooks.webhooks == nil, dashboard.listen == nil, webhooks.saysHow else {
            _ = try pages()
            return
        }
        throw DashboardOptions.error(
            Phrase(
                "--tls-cert, --tls-key and --behind-proxy say how --webhooks and --listen receive: add one of them.",
                "--tls-cert, --tls-key e --behind-proxy dizem como --webhooks e --listen recebem: acrescente uma delas."
            ))
    }

    private func pages() throws -> DashboardConfiguration? {
        try dashboard.configuration(certificate: webhooks.certificate, isBehindProxy: webhooks.behindProxy)
    }

    func run() async throws {
        let receiving = try webhooks.configuration()
        let pages = try pages()
        var inherited = try InheritedSocket.take(forDatabase: options.databasePath)
        if let warning = inherited?.warning { options.output.warn(warning) }
        let logger = SystemEnvironment.logger(options, level: .info)
        let notifier = ServiceNotifier.takenFromEnvironment(logger: logger)
        let measurements = ServiceMeasurements()
        let (store, handedOver) = try await ServiceTakeover(
            options: options, latency: measurements.commitObserver
        ).open()
        if let reason = inherited?.whyNotFound() {
            options.output.warn(reason)
            inherited = nil
        }
        let display = progress.progress.map { ProgressDisplay(output: options.output, reportsWaits: true, style: $0) }
        var setting = DialingSession.Setting(
            command: RunLabel.service, isService: true, options: options, environmentFile: secrets.envFile,
            hearsEvents: receiving != nil, onWarning: { [options] in options.output.warn($0) },
            onEnd: { [options] in ServiceReport(options: options).show($1, of: $0.campaign) })
        setting.measurements = measurements
        if let display { setting.watch = ServedProgress(display, store).watch }
        let host = DialingHost(
            store: store, setting: setting,
            pool: try ConnectionPool(for: [], connections: 0, output: options.output), logger: logger,
            inherited: inherited)
        let failure = try await StopRequests.obeying { stops in
            try await host.withSession { session in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (ready, sink) = AsyncStream.makeStream(of: Void.self)
                    group.addTask {
                        // Only then: signs of life could fill the service manager's queue before it hears that.
                        for await _ in ready {}
                        await notifier.watch(on: SystemEnvironment.clock) {
                            await session.ping()
                            return true
                        }
                    }
                    let upkeep = ServiceUpkeep(store: store, logger: logger)
                    group.addTask { await upkeep.run(on: SystemEnvironment.clock) }
                    if let display { group.addTask { await display.refresh(on: SystemEnvironment.clock) } }
                    defer { group.cancelAll() }
                    return try await serve(
                        host, session, stops, (notifier, { sink.finish() }), (handedOver, receiving, pages),
                        measurements)
                }
            }
        }
        try close(store)
        if let failure { throw failure }
    }

    /// Serves until it is stopped.
    ///
    /// - Returns: why the database cannot be written any more; nil when the service was stopped.
    private func serve(
        _ host: DialingHost, _ session: DialingSession, _ stops: StopRequests,
        _ manager: (notifier: ServiceNotifier, isReady: () -> Void),
        _ work: (
            handedOver: [DialRequest], receiving: WebhookServerConfiguration?, pages: DashboardConfiguration?
        ),
        _ measurements: ServiceMeasurements
    ) async throws -> StoreError? {
        let events = EventReceiver(session, logger: host.logger)
        let pages = DashboardHost(
            session: session, options: options, environmentFile: secrets.envFile, measurements: measurements,
            logger: host.logger)
        let entrance = DashboardEntrance(context: host.context(session, events: events), options: options)
        if let configuration = work.pages { try entrance.require(configuration) }
        // To the very end: the calls that are waited for have events too.
        let failure = try await events.receiving(work.receiving, onListening: { note($0, work.receiving) }) {
            try await host.servingRequests(session, events: events) {
                let context = host.context(session, events: events)
                return try await pages.serving(
                    work.pages, context,
                    onListening: { [pages = work.pages] port in
                        if let pages { await entrance.announce(pages, port: port) }
                    }
                ) {
                    await serve(host, session, stops, manager, work.handedOver)
                }
            }
        }
        options.output.note(
            Phrase(
                "Stopped; no call is under way. Active campaigns go on with the next start.",
                "Parou; nenhuma ligação está em andamento. As campanhas ativas continuam no próximo início."))
        return failure
    }

    /// The same, once webhooks are received: an event of a call that is just being placed must find somebody.
    private func serve(
        _ host: DialingHost, _ session: DialingSession, _ stops: StopRequests,
        _ manager: (notifier: ServiceNotifier, isReady: () -> Void), _ handedOver: [DialRequest]
    ) async -> StoreError? {
        await start(session, host.store, handedOver)
        let count = Phrase.counted(await session.campaigns.count, .campaign)
        let status = Phrase("dialing ", "discando ") + count
        manager.notifier.ready(status: status[options.output.language])
        manager.isReady()
        options.output.note(
            Phrase(
                "discador \(Discador.version) serves \(options.databasePath); \(count.english) being dialed.",
                "discador \(Discador.version) serve \(options.databasePath); discando \(count.portuguese)."))
        let failure = await session.waitForStop(stops)
        manager.notifier.stopping()
        return failure
    }

    private func note(_ port: Int, _ receiving: WebhookServerConfiguration?) {
        guard var address = receiving?.address else { return }
        address.port = port
        options.output.note(
            Phrase("Webhooks are received at \(address).", "Os webhooks são recebidos em \(address)."))
    }

    /// Goes on with what was active, and starts what the command line names. What cannot be dialed is said, and stays
    /// active.
    ///
    /// - Parameter handedOver: what the process dialed that held the database before.
    private func start(_ session: DialingSession, _ store: CampaignStore, _ handedOver: [DialRequest]) async {
        let report = ServiceReport(options: options)
        for request in handedOver { await session.keepForResume(request) }
        for request in requests(store, report, handedOver) {
            guard let end = await session.start(request) else { continue }
            report.show(end, of: request.campaign)
            guard let reason = report.reason(for: end, of: request.campaign) else { continue }
            try? await store.noteObstacle(campaign: request.campaign, reason: reason)
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func requests(
        _ store: CampaignStore, _ report: ServiceReport, _ handedOver: [DialRequest]
    ) -> [DialRequest] {
        var requests: [DialRequest] = []
        for campaign in campaigns {
            do {
                let loaded = try CampaignFile.load(
                    file(of: campaign, store), environmentFile: secrets.envFile,
                    environment: SystemEnvironment.environment)
                requests.append(DialRequest(loaded, options: RunOptions(), isDetached: true))
            } catch {
                report.show(.failed(Failure(error) ?? Failure(.unexpected, Phrase(of: error))), of: campaign)
            }
        }
        let active = (try? store.reader().activeCampaigns()) ?? []
        for campaign in active where !requests.contains(where: { $0.campaign == campaign.name }) {
            if let pause = campaign.pause {
                options.output.note(
                    Phrase("\(campaign.name) is paused ", "\(campaign.name) está pausada ") + pause.phrase
                        + Phrase(", and goes on when it is resumed.", ", e continua quando for retomada."))
            } else {
                var request = DialRequest(campaign)
                // The values of this process's own environment are the newest, if it has them all.
                if (try? request.load(environmentFile: secrets.envFile)) == nil {
                    request = handedOver.first { $0.campaign == campaign.name } ?? request
                }
                request.options.keepsTrying = true
                request.isDetached = true
                requests.append(request)
            }
        }
        return requests
    }

    /// With the writer's own reader: this process holds the database.
    private func file(of argument: String, _ store: CampaignStore) -> String {
        if FileManager.default.fileExists(atPath: argument) { return argument }
        let known = (try? store.reader().campaigns()) ?? []
        return known.first { $0.name == argument }?.file ?? argument
    }

    @inline(never)  // see `RunLoop.open`
    private func close(_ store: CampaignStore) throws { try store.close() }
}
