import ArgumentParser
import CampaignCore
import Logging
import UnixSignals
import ZAPISimulator

/// `discador simulate`: runs the simulated Z-API.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        Phrase("Run the simulated Z-API on this machine.", "Executa nesta máquina a Z-API simulada."),
        discussion: Phrase(SimulatorManual.text, PortugueseManual.text),
        examples: ["discador simulate --port 8080", "discador simulate --time-scale 0.1"])

    @Option(
        help: .text(
            "The port to listen on; 0 takes a free one.",
            "A porta em que atende; com 0, uma livre."))
    var port = 8080

    @Option(
        help: .text(
            "A JSON file that says how the simulator behaves.",
            "Um arquivo JSON que diz como o simulador se comporta.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var scenario: String?

    @Option(
        help: .text(
            "The file that every request is written to.",
            "O arquivo em que cada pedido é registrado.", valueName: "file"), completion: .file())
    var ledger: String?

    @Option(
        help: .text(
            "How long a second takes for webhooks; in place of the scenario's timeScale.",
            "Quanto dura um segundo para os webhooks; no lugar do timeScale do cenário.", valueName: "factor"))
    var timeScale: Double?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard 0...100 ~= timeScale ?? 0 else {
            throw ValidationError(
                SystemEnvironment.language.text(
                    "--time-scale must be from 0 (at once) to 100.", "--time-scale deve ser de 0 (na hora) a 100."))
        }
        guard 0...65_535 ~= port else {
            throw ValidationError(
                SystemEnvironment.language.text(
                    "--port \(port) is not a valid port: give one from 1 to 65535, or 0 for a free one.",
                    "--port \(port) não é uma porta válida: indique uma de 1 a 65535, ou 0 para uma livre."))
        }
    }

    func run() async throws {
        struct Document: Encodable {
            var baseURL: String
        }
        if let ledger { try checkLedger(ledger) }
        var configuration = SimulatorConfiguration(port: port, ledgerPath: ledger, keepsLedgerInMemory: false)
        if let scenario { configuration.scenario = try Scenario.load(fileAt: scenario) }
        // Another start must not give the calls of one database the ids that those of an earlier start had.
        if configuration.scenario.givenSeed == nil {
            configuration.idSeed = SystemEnvironment.randomBytes(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        if let timeScale { configuration.scenario.timeScale = timeScale }
        let signals = await UnixSignalsSequence(trapping: Signals.stop)
        let simulator = try await ZAPISimulator.start(configuration, logger: SystemEnvironment.logger(options))
        let shown = Result {
            try options.output.result(json: Document(baseURL: simulator.baseURL))
            try options.output.result(
                Phrase(
                    "Simulator listens at \(simulator.baseURL) (Ctrl-C stops it).",
                    "O simulador atende em \(simulator.baseURL) (Ctrl-C o encerra)."))
        }
        if case .success = shown {
            for await _ in signals { break }
        }
        await simulator.shutdown()
        try shown.get()
    }

    /// The ledger's file is appended to, so it must not be some other file.
    private func checkLedger(_ path: String) throws {
        var protected = options.protectedFiles(try? options.openReader())
        if let scenario { protected.add(scenario, Phrase("the scenario", "o cenário")) }
        _ = try OutputFile(path, replaces: true, protecting: protected)
    }
}
