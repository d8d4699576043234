import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Dashboard
import Webhooks
import ZAPI

/// `demo --dashboard`: serves the pages on the demo's campaign, which is dialed meanwhile, until somebody stops it.
struct DemoDashboard {
    let loaded: LoadedCampaign
    /// The file with the values that the campaign file names, for whoever starts the campaign again from a page.
    let environmentFile: String
    let options: GlobalOptions
    let configuration: DashboardConfiguration
    let stops: StopRequests
    let measurements: ServiceMeasurements

    /// - Returns: why the database cannot be written any more; nil when somebody has stopped it.
    func run(_ store: CampaignStore) async throws -> StoreError? {
        let host = DialingHost(
            store: store, setting: setting,
            pool: try ConnectionPool(for: [], connections: 0, output: options.output),
            logger: SystemEnvironment.logger(options))
        let receiving = try DemoWebhookSetup.receiver()
        let webhooks = DemoWebhookSetup(campaign: loaded.campaign, options: options)
        let failure = try await host.withSession { session in
            let events = EventReceiver(session, logger: host.logger)
            let (ports, sink) = AsyncStream.makeStream(of: Int.self)
            return try await events.receiving(receiving, onListening: { sink.yield($0) }) {
                try await host.servingRequests(session, events: events) {
                    let context = host.context(session, events: events)
                    // It listens already.
                    for await port in ports {
                        let address = try await webhooks.run(port, context)
                        options.output.note(Self.dialing(address))
                        break
                    }
                    return try await serve(session, context)
                }
            }
        }
        options.output.note(
            Phrase("Stopped; nothing is left running.", "Parou; nada ficou em execução."))
        return failure
    }

    private var setting: DialingSession.Setting {
        var setting = DialingSession.Setting(
            command: RunLabel.service, isService: true, options: options, environmentFile: environmentFile,
            hearsEvents: true, onWarning: { [options] in options.output.warn($0) },
            onEnd: { [options] in ServiceReport(options: options).show($1, of: $0.campaign) })
        setting.measurements = measurements
        return setting
    }

    private func serve(_ session: DialingSession, _ context: OperationContext) async throws -> StoreError? {
        let pages = DashboardHost(
            session: session, options: options, environmentFile: environmentFile, measurements: measurements,
            logger: SystemEnvironment.logger(options))
        let entrance = DashboardEntrance(context: context, options: options)
        let (ports, sink) = AsyncStream.makeStream(of: Int.self)
        return try await pages.serving(configuration, context, onListening: { sink.yield($0) }) {
            for await port in ports {
                try await announce(entrance, port)
                break
            }
            let request = DialRequest(loaded, options: RunOptions(), isDetached: true)
            if let end = await session.start(request) {
                ServiceReport(options: options).show(end, of: loaded.campaign.name)
            }
            return await session.waitForStop(stops)
        }
    }

    private static func dialing(_ address: PublicAddress) -> Phrase {
        Phrase(
            "3. Dialing begins, slowly enough to be watched: about two minutes. Webhooks are received at \(address.url.text).",
            "3. A discagem começa, devagar o bastante para acompanhar: uns dois minutos. Os webhooks são recebidos em "
                + "\(address.url.text).")
    }

    /// Says how to get in, which is this command's result, and what there is to try.
    private func announce(_ entrance: DashboardEntrance, _ port: Int) async throws {
        guard let link = await entrance.signInLink(configuration, port: port) else {
            throw Failure(
                .unexpected,
                Phrase("No link to sign in could be made.", "Não foi possível criar um link para entrar."))
        }
        let out = options.output
        try out.result(
            Phrase(
                "4. Sign in to the dashboard (once, within 10 minutes): \(link)",
                "4. Entre no painel (uma vez, em até 10 minutos): \(link)"))
        let suggested = options.suggested()
        for line in [
            Phrase(
                "   Watch the calls on the page of the campaign; pause it and resume it.",
                "   Acompanhe as ligações na página da campanha; pause e retome."),
            Phrase(
                "   Then open a person: the page says why they were called, and what came of it.",
                "   Depois abra uma pessoa: a página diz por que ela recebeu a ligação, e no que deu."),
            Phrase(
                "   One call will be in doubt, and one reply will wait for a decision: decide both.",
                "   Uma ligação vai ficar em dúvida, e uma resposta vai aguardar decisão: decida as duas."),
            Phrase("   Commands see the same: ", "   Os comandos veem o mesmo: ")
                + Phrase(verbatim: "`\(suggested.command("status", loaded.campaign.name))`"),
            Phrase(
                "   It calls nobody. Ctrl-C ends it.", "   Ela não liga para ninguém. Ctrl-C a encerra."),
        ] { out.note(line) }
    }
}
