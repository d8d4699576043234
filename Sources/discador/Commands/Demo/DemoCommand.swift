import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Dashboard
import Foundation
import Reports
import Webhooks
import ZAPISimulator

/// `discador demo`: a whole campaign with its webhooks, without an account.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        Phrase(
            "Dial a campaign against the built-in simulator and write reports; no account needed.",
            "Disca uma campanha contra o simulador embutido e grava relatórios; não precisa de conta."),
        discussion: Phrase(
            """
            The simulator also sends the webhooks that tell what happened to the people: who answered, who called back, \
            who replied. Takes at most half a minute, and starts from scratch each time, in whatever folder. The exit \
            code is 0 when everything went as the scenario says. A folder in which other files have the names of the \
            demo's files is left alone (exit code 64).

            With --dashboard, the campaign is dialed slowly enough to be watched, about two minutes, and its pages are \
            served on this machine: open the link that it prints. That goes on until Ctrl-C, and ends with 0.
            """,
            """
            O simulador também envia os webhooks que contam o que aconteceu com as pessoas: quem atendeu, quem retornou a \
            ligação, quem respondeu. Leva no máximo meio minuto, e começa do zero a cada vez, em qualquer pasta. O código \
            de saída é 0 quando tudo foi como o roteiro diz. Uma pasta em que outros arquivos têm os nomes dos arquivos \
            da demonstração não é tocada (código de saída 64).

            Com --dashboard, a campanha é discada devagar o bastante para acompanhar, em uns dois minutos, e suas páginas \
            ficam disponíveis nesta máquina: abra o link que ela mostra. Isso continua até Ctrl-C, e sai com 0.
            """),
        examples: [
            "discador demo", "discador demo --dashboard", "discador demo --lang pt-BR --output /tmp/demo",
        ])

    @Option(
        help: .text(
            "The campaign folder; all its instances must be the simulator's. [default: campaigns/demo if it is there, "
                + "otherwise the program's own copy of it, which is written to a folder in --output]",
            "A pasta da campanha; todas as suas instâncias têm de ser do simulador. [padrão: campaigns/demo se existir, "
                + "senão a cópia do próprio programa, que é gravada numa pasta em --output]"))
    var campaign: String?

    @Option(
        help: .text(
            "The folder for the database, the simulator's ledger and the reports; its files are replaced.",
            "A pasta para o banco de dados, o registro do simulador e os relatórios; seus arquivos são substituídos."))
    var output = "reports/demo"

    @Flag(
        help: .text(
            "Serve the dashboard on the demo's campaign, until Ctrl-C.",
            "Serve o painel com a campanha da demonstração, até Ctrl-C."))
    var dashboard = false

    @Option(
        help: .text(
            "Where --dashboard is served, on this machine. [default: 127.0.0.1:7070]",
            "O endereço do --dashboard, nesta máquina. [padrão: 127.0.0.1:7070]", valueName: "host:port"))
    var listen: String?

    @Flag(help: .text("Print the result as JSON.", "Mostra o resultado em JSON."))
    var json = false

    @Flag(help: .text("Print no progress.", "Não mostra o andamento."))
    var quiet = false

    @Option(
        help: .text(
            "The language: en or pt-BR. [default: that of LC_ALL, LC_MESSAGES or LANG]",
            "O idioma: en ou pt-BR. [padrão: o de LC_ALL, LC_MESSAGES ou LANG]"))
    var lang: Language?

    private static let usualAddress = "127.0.0.1:7070"
    private static let token = "demo-token"
    private static let clientToken = "demo-client-token"

    func validate() throws { _ = try pages() }

    /// Where the pages are served; nil without --dashboard.
    private func pages() throws -> DashboardConfiguration? {
        guard dashboard else {
            guard listen == nil else {
                throw DashboardOptions.error(
                    Phrase(
                        "--listen says where --dashboard is served: add it.",
                        "--listen diz onde o --dashboard é servido: acrescente essa opção."))
            }
            return nil
        }
        guard campaign == nil, !json else {
            throw DashboardOptions.error(
                Phrase(
                    "--dashboard serves the demo's own campaign until Ctrl-C, and has no result: leave out --campaign and "
                        + "--json.",
                    "--dashboard serve a campanha da própria demonstração até Ctrl-C, e não tem resultado: deixe de fora "
                        + "--campaign e --json."))
        }
        let wanted = listen ?? Self.usualAddress
        guard let address = ListenAddress(wanted), address.isLoopback else {
            throw DashboardOptions.error(
                Phrase(
                    "--listen takes a host and a port of this machine, such as \(Self.usualAddress), not “\(wanted)”.",
                    "--listen aceita um host e uma porta desta máquina, como \(Self.usualAddress), e não “\(wanted)”."))
        }
        return DashboardConfiguration(host: address.host, port: address.port, isLoopback: true)
    }

    func run() async throws {
        let pages = try pages()
        let folder = DemoFolder(path: output)
        let campaign = DemoCampaign(campaign, output: output, isWatched: dashboard)
        try folder.empty(for: campaign)
        try campaign.write()
        let options = try GlobalOptions.parse(
            ["--db", folder.database] + (json ? ["--json"] : []) + (quiet ? ["--quiet"] : []))
        let out = options.output
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: Self.scenario, ledgerPath: folder.ledger),
            logger: SystemEnvironment.logger(options))
        let variables = [
            "DEMO_BASE_URL": simulator.baseURL, "DEMO_TOKEN": Self.token, "DEMO_CLIENT_TOKEN": Self.clientToken,
        ]
        let loaded = try campaign.load(variables: variables, simulatedAt: simulator.baseURL)
        if pages != nil { try campaign.write(variables: variables) }
        let expected = try DemoFigures.expected(in: loaded.folder)
        out.note(
            Phrase(
                "1. A simulated Z-API listens at \(simulator.baseURL).",
                "1. Uma Z-API simulada atende em \(simulator.baseURL)."))
        let measurements = ServiceMeasurements()
        let store = try options.openStore(
            for: pages == nil ? RunLabel.running([loaded.campaign.name]) : RunLabel.service,
            latency: measurements.commitObserver)
        out.note(Phrase("2. Import:", "2. Importação:"))
        if campaign.isEmbedded {
            out.note(
                Phrase(
                    "   The demo's campaign was written to \(campaign.folder).",
                    "   A campanha da demonstração foi gravada em \(campaign.folder)."))
        }
        for line in try await importList(of: loaded, into: store) { out.note(Phrase(verbatim: "   ") + line) }
        if let pages {
            let failure = try await StopRequests.obeying { stops in
                try await DemoDashboard(
                    loaded: loaded, environmentFile: campaign.environmentFile, options: options, configuration: pages,
                    stops: stops, measurements: measurements
                ).run(store)
            }
            try close(store)
            await simulator.shutdown()
            if let failure { throw failure }
            return
        }
        let dialed = try await StopRequests.obeying { stops in
            try await DemoDialing(loaded: loaded, options: options, stops: stops, simulator: simulator).run(store)
        }
        try close(store)
        await simulator.shutdown()
        guard let dialed else { throw ExitCode(ExitStatus.interrupted.rawValue) }
        let result = try DemoResult(
            of: loaded.campaign, dialed, reader: try options.openReader(), ledger: simulator.ledger(),
            expected: expected)
        try result.show(reports: folder, options)
    }

    /// Minutes of ringing and replying take seconds.
    private static var scenario: Scenario {
        var scenario = Scenario(
            instances: [.init(id: "demo-recepcao", token: token), .init(id: "demo-agenda", token: token)],
            clientToken: clientToken, latency: .milliseconds(20) ... .milliseconds(120))
        scenario.timeScale = 0.1
        // On a machine that is too busy to answer in time.
        scenario.webhookRepeats = 5
        return scenario
    }

    @inline(never)  // see `RunLoop.open`
    private func close(_ store: CampaignStore) throws { try store.close() }

    private func importList(of loaded: LoadedCampaign, into store: CampaignStore) async throws -> [Phrase] {
        let list = URL(
            fileURLWithPath: loaded.campaign.contacts ?? "contatos.csv",
            relativeTo: URL(fileURLWithPath: loaded.folder + "/")
        ).path
        let operation = ImportLists(loaded: loaded, files: [list], rejectsFolder: output)
        return try await OperationContext(store: store).carryOut(operation, by: .terminal)
            .lines(SystemEnvironment.language).map(Phrase.init(verbatim:))
    }
}
