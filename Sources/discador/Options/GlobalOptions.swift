import ArgumentParser
package import CampaignCore
import CampaignStore
import Foundation

/// The options of every command.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .customLong("db"),
        help: .text(
            "The database. [default: $DISCADOR_DB, else discador.db]",
            "O banco de dados. [padrão: $DISCADOR_DB, senão discador.db]", valueName: "file"),
        completion: .file())
    var database: String?

    @Flag(
        help: .text(
            "Print results as JSON, one document on stdout.",
            "Mostra os resultados em JSON, um documento na saída padrão."))
    var json = false

    @Flag(
        help: .text(
            "Print no progress.",
            "Não mostra o andamento."))
    var quiet = false

    @Flag(
        help: .text(
            "Log every call to stderr.",
            "Registra cada ligação na saída de erros."))
    var verbose = false

    @Option(
        help: .text(
            "How lines on stderr are written: text, or json, an object a line.",
            "Como as linhas em stderr são escritas: text ou json, um objeto por linha."))
    var logFormat = LogFormat.text

    @Option(
        help: .text(
            "The language: en or pt-BR. [default: that of LC_ALL, LC_MESSAGES or LANG]",
            "O idioma: en ou pt-BR. [padrão: o de LC_ALL, LC_MESSAGES ou LANG]", valueName: "language"),
        completion: .list(Language.allCases.map(\.rawValue)))
    var lang: Language?

    /// The path of the database.
    var databasePath: String {
        database ?? SystemEnvironment.environment["DISCADOR_DB"].flatMap { $0.isEmpty ? nil : $0 } ?? "discador.db"
    }

    /// Where results and progress go.
    var output: Output { Output(isJSON: json, isQuiet: quiet) }

    /// Formats suggested commands with the same database and secrets.
    func suggested(_ secrets: SecretsOptions? = nil) -> SuggestedCommands {
        SuggestedCommands(database: database, environmentFile: secrets?.envFile)
    }

    /// Opens the database for writing.
    ///
    /// - Parameter latency: hears how long transactions take; nil: it is not measured.
    func openStore(
        for command: String, latency: LatencyObserver? = nil
    ) throws(StoreError) -> CampaignStore {
        // Before the database is open: afterwards no descriptor may be closed beside SQLite's.
        RequestAttachments.removeLeftovers(besideDatabase: databasePath)
        let store = try CampaignStore(path: databasePath, holder: holder(command), latency: latency)
        if let copy = store.upgradeCopy {
            output.note(
                Phrase(
                    "The database has been converted for discador \(Discador.version). What it was before is kept in \(copy).",
                    "O banco de dados foi convertido para o discador \(Discador.version). A versão anterior está guardada "
                        + "em \(copy)."))
        }
        return store
    }

    /// Describes this process as the one that holds the database.
    func holder(_ command: String) -> WriterLock.Holder {
        WriterLock.Holder(
            pid: ProcessInfo.processInfo.processIdentifier, host: SystemEnvironment.host(), command: command,
            since: SystemEnvironment.now())
    }

    /// Opens the database for reading; warns when what it shows may be out of date.
    @inline(never)  // see CheckCommand
    func openReader() throws(StoreError) -> StoreReader {
        let reader = try StoreReader(path: databasePath)
        if let staleness = reader.staleness { output.warn(Phrase(of: staleness)) }
        return reader
    }
}

/// Where a campaign's secrets are.
struct SecretsOptions: ParsableArguments {
    @Option(
        help: .text(
            "A file of mode 0600 with the campaign's secrets. [default: .env beside campaign.yml]",
            "Um arquivo de modo 0600 com os segredos da campanha. [padrão: .env ao lado do campaign.yml]",
            valueName: "file"), completion: .file())
    var envFile: String?
}

extension LogFormat: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}

extension ArgumentHelp {
    /// Help in the user's language.
    ///
    /// - Parameter valueName: what the value is, such as `file`; nil is the name of the option.
    static func text(_ english: String, _ portuguese: String, valueName: String? = nil) -> ArgumentHelp {
        ArgumentHelp(SystemEnvironment.language.text(english, portuguese), valueName: valueName)
    }
}
