import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador block import`.
struct BlockImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        Phrase(
            "Put the numbers of lists on the do-not-call list.",
            "Põe na lista de não ligar os números de listas."),
        discussion: Phrase(
            """
            A column called motivo, reason or razón gives each number its reason. All numbers in a cell are \
            used. Rows without a number, or with one that is not certain (a digit too many, two ways to read \
            it), are reported by line, with exit code 65: those numbers are not on the list, all the others are. \
            A list without any number also ends with 65.

            The files are read completely first: if one of them cannot be read, no number is added. Then the \
            numbers are added in batches, even during a run. If interrupted, run the same command again for the \
            rest.
            """,
            """
            Uma coluna chamada motivo, reason ou razón dá o motivo de cada número. Todos os números de uma \
            célula são usados. As linhas sem número, ou com um número que não é certo (um dígito a mais, duas \
            leituras possíveis), são apontadas, com o código de saída 65: esses números não entram na lista, \
            todos os outros entram. Uma lista sem nenhum número também termina com 65.

            Primeiro os arquivos são lidos por inteiro: se um deles não puder ser lido, nenhum número entra. \
            Depois os números entram em lotes, também durante uma execução. Se for interrompido, execute o mesmo \
            comando de novo para o resto.
            """),
        examples: [
            "discador block import nao-ligar.csv",
            #"discador block import procon.xlsx --reason "Não Me Ligue""#,
        ])

    @Argument(
        help: .text(
            "CSV files or workbooks (.xlsx); “-” is standard input.",
            "Arquivos CSV ou do Excel (.xlsx); “-” é a entrada padrão.", valueName: "file"),
        completion: .file(extensions: ["csv", "txt", "xlsx"]))
    var files: [String]

    @Option(
        help: .text(
            "The reason for numbers whose row gives none.",
            "O motivo dos números cuja linha não traz um."))
    var reason = ""

    @OptionGroup var lists: ListOptions
    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var totals: BlockTotals
            var rejected: Int
            /// The first hundred rejected rows.
            var rejectedRows: [BadRow.Document]
            /// The error that says which numbers are not on the list; nil when all are.
            var error: String?
        }
        var reading = try lists.applied(to: ListReader.Options(country: numbers.country))
        reading.splitsCells = true
        let operation = ImportBlocks(lists: files.map(ListFile.init), reading: reading, reason: reason)
        let outcome = try await OperationRunner(options: options).run(operation)
        var problems = outcome.unusable
        if outcome.rejected > 0 {
            problems.append(
                Phrase(
                    "\(outcome.rejected.counted("row")) \(outcome.rejected.noun("has", "have")) no usable "
                        + "number and \(outcome.rejected.noun("is", "are")) not on the list; correct "
                        + "\(outcome.rejected.noun("it", "them")) and import the file again:\n",
                    "\(outcome.rejected.counted("linha não tem", "linhas não têm")) número utilizável e não "
                        + "\(outcome.rejected.noun("está", "estão")) na lista; corrija e importe o arquivo de novo:\n")
                    + BadRowCount.text(outcome.badRows, of: outcome.rejected))
        }
        try options.output.result(
            json: Document(
                totals: outcome.totals, rejected: outcome.rejected,
                rejectedRows: outcome.badRows.map(BadRow.Document.init),
                error: problems.isEmpty ? nil : problems.joined(separator: "\n").english))
        try options.output.result(outcome.totals.text)
        guard problems.isEmpty else {
            options.output.warn(Phrase("error: ", "erro: ") + problems.joined(separator: "\n"))
            throw ExitCode(ExitStatus.badInput.rawValue)
        }
    }
}
