import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Reports
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
            """,
            """
            O simulador também envia os webhooks que contam o que aconteceu com as pessoas: quem atendeu, quem retornou a \
            ligação, quem respondeu. Leva no máximo meio minuto, e começa do zero a cada vez, em qualquer pasta. O código \
            de saída é 0 quando tudo foi como o roteiro diz. Uma pasta em que outros arquivos têm os nomes dos arquivos \
            da demonstração não é tocada (código de saída 64).
            """),
        examples: ["discador demo", "discador demo --lang pt-BR --output /tmp/demo"])

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

    @Flag(help: .text("Print the result as JSON.", "Mostra o resultado em JSON."))
    var json = false

    @Flag(help: .text("Print no progress.", "Não mostra o andamento."))
    var quiet = false

    @Option(
        help: .text(
            "The language: en or pt-BR. [default: that of LC_ALL, LC_MESSAGES or LANG]",
            "O idioma: en ou pt-BR. [padrão: o de LC_ALL, LC_MESSAGES ou LANG]"))
    var lang: Language?

    private static let token = "demo-token"
    private static let clientToken = "demo-client-token"

    func run() async throws {
        let folder = DemoFolder(path: output)
        let campaign = DemoCampaign(campaign, output: output)
        try folder.empty(for: campaign)
        try campaign.write()
        let options = try GlobalOptions.parse(
            ["--db", folder.database] + (json ? ["--json"] : []) + (quiet ? ["--quiet"] : []))
        let out = options.output
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: Self.scenario, ledgerPath: folder.ledger),
            logger: SystemEnvironment.logger(options))
        let loaded = try campaign.load(
            variables: [
                "DEMO_BASE_URL": simulator.baseURL, "DEMO_TOKEN": Self.token, "DEMO_CLIENT_TOKEN": Self.clientToken,
            ], simulatedAt: simulator.baseURL)
        let expected = try DemoFigures.expected(in: loaded.folder)
        out.note(
            Phrase(
                "1. A simulated Z-API listens at \(simulator.baseURL).",
                "1. Uma Z-API simulada atende em \(simulator.baseURL)."))
        let store = try options.openStore(for: "run \(loaded.campaign.name)")
        out.note(Phrase("2. Import:", "2. Importação:"))
        if campaign.isEmbedded {
            out.note(
                Phrase(
                    "   The demo's campaign was written to \(campaign.folder).",
                    "   A campanha da demonstração foi gravada em \(campaign.folder)."))
        }
        for line in try await importList(of: loaded, into: store) { out.note(Phrase(verbatim: "   ") + line) }
        let dialed = try await StopRequests.obeying { stops in
            try await DemoDialing(loaded: loaded, options: options, stops: stops, simulator: simulator).run(store)
        }
        try store.close()
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
