import ArgumentParser
import CampaignCore
import CampaignStore
import Glibc
package import Reports

extension ReportFormat: ExpressibleByArgument {}
extension ReportRowsKind: ExpressibleByArgument {}

/// `discador report`: what happened to each contact.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        Phrase(
            "Write a report: a summary, or every call, attempt, rejected row or duplicate.",
            "Grava um relatório: um resumo, ou cada ligação, tentativa, linha rejeitada ou repetida."),
        discussion: Phrase(
            """
            A file is written completely or not at all, and only its owner can read it (mode 0600). An existing \
            file is replaced only with --force (for a job that writes the same file every day), and keeps its \
            mode. Links, devices and pipes are written through. The database, campaign files and lists are never \
            overwritten.

            With --where, only the rows of these contacts are written; a summary still counts everybody. With \
            --anonymise the report can be passed on: letters instead of phones, the same for the same person \
            within one report, no cells of the lists, no ids, and no numbers in error texts. Names of instances \
            and lists stay.

            \(FilterOptions.help)
            """,
            """
            Um arquivo é gravado por inteiro ou não é gravado, e só o dono pode ler (modo 0600). Um arquivo que \
            já existe só é substituído com --force (para uma tarefa que grava o mesmo arquivo todo dia), e \
            mantém o modo. Em links, dispositivos e pipes, grava-se no destino. O banco de dados, os arquivos de \
            campanha e as listas nunca são substituídos.

            Com --where, só são gravadas as linhas desses contatos; o resumo continua contando todos. Com \
            --anonymise o relatório pode ser passado adiante: letras em vez de telefones, as mesmas para a mesma \
            pessoa no mesmo relatório, nenhuma célula das listas, nenhum identificador, nenhum número nos textos \
            de erro. Os nomes das instâncias e das listas ficam.

            \(FilterOptions.help)
            """),
        examples: [
            "discador report cobranca-novembro",
            "discador report cobranca-novembro -o chamadas.xlsx",
            "discador report cobranca-novembro --excel -o chamadas.csv",
            #"discador report cobranca-novembro --format csv --where "answer = answered""#,
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        help: .text(
            "text, csv, xlsx, json, jsonl or html. [default: as the name of the file ends, else text]",
            "text, csv, xlsx, json, jsonl ou html. [padrão: conforme o final do nome do arquivo, senão text]"))
    var format: ReportFormat?

    @Option(
        help: .text(
            "What each row is: calls, attempts, rejects or duplicates.",
            """
            O que é cada linha: calls (ligações), attempts (tentativas), rejects (rejeitadas) ou duplicates \
            (repetidas).
            """))
    var rows = ReportRowsKind.calls

    @Option(
        name: .shortAndLong,
        help: .text(
            "The file to write. [default: standard output]",
            "O arquivo a gravar. [padrão: a saída padrão]", valueName: "file"), completion: .file())
    var output: String?

    @Flag(
        help: .text(
            "Replace the file if it exists.",
            "Substitui o arquivo, se ele existir."))
    var force = false

    @Flag(
        help: .text(
            """
            CSV that Excel in Brazil opens with a double click: byte order mark, “;”, real dates, cells as they \
            are.
            """,
            """
            CSV que o Excel no Brasil abre com dois cliques: marca de codificação, “;”, datas de verdade, \
            células como são.
            """)
    )
    var excel = false

    @Option(
        help: .text(
            "With html: count answers and failures by the values of this column of the list too.",
            "Com html: conta atendidas e falhas também pelos valores desta coluna da lista.", valueName: "column"))
    var by: String?
    @Flag(
        name: [.customLong("anonymise"), .customLong("anonymize")],
        help: .text(
            "Leave out personal data: phones, the lists' own cells, ids.",
            "Deixa de fora os dados pessoais: telefones, células das listas, identificadores."))
    var anonymise = false

    @OptionGroup var filtering: FilterOptions
    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        let format: ReportFormat
        do {
            format = try choice().format
        } catch {
            throw ValidationError(error.message[SystemEnvironment.language])
        }
        let hasContacts = rows == .calls && format != .text || rows == .attempts
        guard filtering.expression == nil || hasContacts else {
            throw Self.refusal(
                "--where chooses calls or attempts: add --format csv, xlsx, json, jsonl or html, and --rows attempts or no "
                    + "--rows.",
                "--where escolhe ligações ou tentativas: acrescente --format csv, xlsx, json, jsonl ou html, e --rows "
                    + "attempts ou nenhum --rows.")
        }
        guard !excel || format == .csv || format == .xlsx else {
            throw Self.refusal("--excel needs --format csv.", "--excel exige --format csv.")
        }
        guard by == nil || format == .html && rows == .calls else {
            throw Self.refusal(
                "--by needs --format html, and no --rows.", "--by exige --format html, e nenhum --rows.")
        }
        guard by == nil || !anonymise else {
            throw Self.refusal(
                "--by shows cells of the list: leave it out, or --anonymise.",
                "--by mostra células da lista: não use --by, ou não use --anonymise.")
        }
        guard !force || output != nil else {
            throw Self.refusal("--force needs --output.", "--force exige --output.")
        }
        guard format != .xlsx || output != nil || isatty(STDOUT_FILENO) == 0 else {
            throw Self.refusal(
                "A workbook cannot be shown on a terminal: add -o FILE.xlsx.",
                "Uma planilha não pode ser mostrada no terminal: acrescente -o ARQUIVO.xlsx.")
        }
    }

    private static func refusal(_ english: String, _ portuguese: String) -> ValidationError {
        ValidationError(SystemEnvironment.language.text(english, portuguese))
    }

    func run() async throws {
        let choice = try choice()
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        var report = ReportFile(reader: reader, campaign: name, isForExcel: excel)
        report.suggested = options.suggested()
        report.terminalWidth = output == nil ? options.output.resultWidth : nil
        report.language = options.output.language
        report.column = try by.map { try column($0, among: reader.ownColumns(campaign: name)) }
        report.filter = try filtering.filter(reader, of: name, numbers: numbers)
        report.anonymizer = anonymise ? Pseudonyms().anonymizer : nil
        if excel, choice.format == .xlsx {
            options.output.note(
                Phrase(
                    "--excel changes nothing in a workbook: leave it out.",
                    "--excel não muda nada numa planilha: não use essa opção."))
        }
        guard let output else {
            let isText = choice.format == .text
            return try report.write(rows, format: choice.format) { bytes in
                try options.output.write(isText ? options.output.dressed(bytes) : bytes)
            }
        }
        let file = try OutputFile(output, replaces: force, protecting: options.protectedFiles(reader))
        try report.write(rows, format: choice.format, to: file)
        let kind =
            choice.isChosen
            ? Phrase(verbatim: ".")
            : Phrase(
                " as text, since nothing says another format: choose one with --format, or by a name such as report.xlsx.",
                " em texto, porque nada indica outro formato: escolha um com --format, ou com um nome como "
                    + "relatorio.xlsx.")
        options.output.note(Phrase("Wrote \(output)", "\(output) gravado") + kind)
    }

    private func choice() throws(Failure) -> ReportChoice {
        try ReportChoice(format: format, isJSON: options.json, path: output)
    }

    /// The column of this name, in whatever case.
    private func column(_ name: String, among columns: [String]) throws -> String {
        if columns.contains(name) { return name }
        if let column = columns.first(where: { $0.lowercased() == name.lowercased() }) { return column }
        throw Failure(
            .usage,
            Phrase(
                "--by: no list of the campaign has a column “\(name)”; its columns are \(columns.joined(separator: ", ")).",
                "--by: nenhuma lista da campanha tem a coluna “\(name)”; as colunas são \(columns.joined(separator: ", "))."
            ))
    }
}
