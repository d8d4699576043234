import ArgumentParser
import CampaignCore
import CampaignFile
import Foundation

/// `discador import`: imports contacts.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        Phrase(
            "Import contacts; rejected rows go to a file with reasons.",
            "Importa contatos; as linhas rejeitadas vão para um arquivo, com os motivos."),
        discussion: Phrase(
            """
            All lists of one command are imported together or not at all. Numbers that are already in the \
            campaign, however they are written, are counted as duplicates and left as they are: importing a list \
            again does no harm, and a longer or corrected list adds only what is new. Numbers on the do-not-call \
            list are imported as excluded.

            Contacts that were in an earlier version of the same file and are in no list now are counted; \
            --replace excludes those still waiting to be called (not_listed), until a list has them again. The \
            exit code is 65 if no row of a file can be used.
            """,
            """
            Todas as listas de um comando são importadas juntas, ou nenhuma. Números que já estão na campanha, \
            seja como for que estejam escritos, contam como repetidos e ficam como estão: importar uma lista de \
            novo não faz mal, e uma lista maior ou corrigida só acrescenta o que é novo. Os números da lista de \
            não ligar entram como excluídos.

            Os contatos que estavam numa versão anterior do mesmo arquivo e não estão em lista nenhuma agora são \
            contados; --replace exclui os que ainda aguardam (not_listed), até que uma lista os traga de novo. O \
            código de saída é 65 se nenhuma linha de um arquivo puder ser usada.
            """),
        examples: [
            "discador import cobranca-novembro --preview",
            "discador import cobranca-novembro",
            "discador import cobranca-novembro corrigidos.csv --replace",
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Argument(
        help: .text(
            "CSV files or workbooks (.xlsx); “-” is standard input. [default: the list that campaign.yml names]",
            """
            Arquivos CSV ou do Excel (.xlsx); “-” é a entrada padrão. [padrão: a lista que o campaign.yml \
            indica]
            """, valueName: "file"), completion: .file(extensions: ["csv", "txt", "xlsx"]))
    var files: [String] = []

    @Flag(
        help: .text(
            "Show how the lists are read and what an import would do, without changing anything.",
            "Mostra como as listas são lidas e o que a importação faria, sem mudar nada."))
    var preview = false

    @Flag(
        help: .text(
            "Import nothing if any row is bad.",
            "Não importa nada se alguma linha tiver problema."))
    var strict = false

    @Flag(
        help: .text(
            "Exclude waiting contacts who were in an earlier version of the file and are in no list now.",
            """
            Exclui os contatos que aguardam, estavam numa versão anterior do arquivo e não estão em lista \
            nenhuma agora.
            """))
    var replace = false

    @Option(
        help: .text(
            "Leave out numbers that another campaign called in the last <days> days.",
            "Deixa de fora os números para os quais outra campanha ligou nos últimos <days> dias.", valueName: "days")
    )
    var skipCalled: Int?

    @OptionGroup var lists: ListOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard skipCalled.map({ 1...3660 ~= $0 }) ?? true else {
            throw ValidationError(
                Phrase(
                    "--skip-called takes a number of days from 1 to 3660.",
                    "--skip-called aceita um número de dias de 1 a 3660.")[SystemEnvironment.language])
        }
    }

    func run() async throws {
        let loaded = try CampaignLocator(options: options).loadWithoutSecrets(campaign, secrets: secrets)
        let shown = ShownPath(of: loaded, namedBy: campaign)
        let lists = try files.isEmpty ? [Self.ownList(of: loaded, shown)] : files.map { ListFile($0) }
        var operation = ImportLists(loaded: loaded, lists: lists)
        operation.reading = try self.lists.applied(to: operation.reading)
        operation.isStrict = strict
        operation.replaces = replace
        operation.skipsCalledDays = skipCalled
        operation.progress = ImportProgress(output: options.output)
        if preview {
            let preview = try await ListPreview.make(of: operation, options: options)
            return try show(preview)
        }
        try await OperationRunner(options: options).finishCancel(of: operation.campaign)
        let outcome = try await OperationRunner(options: options).run(operation)
        try show(outcome, shown)
    }

    @inline(never)
    private func show(_ outcome: ImportOutcome, _ shown: ShownPath) throws {
        var outcome = outcome
        outcome.shownPath = shown
        try outcome.show(on: options.output, options.suggested(secrets))
    }

    @inline(never)  // see CheckCommand
    private func show(_ preview: ListPreview) throws {
        try options.output.result(json: preview)
        for line in preview.lines(options.output.language) { try options.output.result(line) }
        for list in preview.outcome.totals { SkippedLinesText(list)?.warn(on: options.output) }
        try ImportOutcome.refuseUnusable(preview.outcome.totals, on: options.output)
    }

    @inline(never)
    private static func ownList(of loaded: LoadedCampaign, _ shown: ShownPath) throws -> ListFile {
        guard let list = loaded.listPath else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(loaded.path) does not name a list: add `contacts: FILE.csv` to it, or name a file on the command "
                        + "line.",
                    "\(loaded.path) não indica uma lista: acrescente `contacts: ARQUIVO.csv` a ele, ou indique um "
                        + "arquivo na linha de comando.")
            )
        }
        return ListFile(list, named: shown(list))
    }
}

extension LoadedCampaign {
    /// The list that the campaign file names; nil when it names none.
    var listPath: String? {
        campaign.contacts.map { URL(fileURLWithPath: $0, relativeTo: URL(fileURLWithPath: folder + "/")).path }
    }
}
