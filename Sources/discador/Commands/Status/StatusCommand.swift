import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador status`: the status of campaigns.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        Phrase(
            "Show the status of campaigns, whether or not a run is under way.",
            "Mostra a situação das campanhas, com ou sem discagem em andamento."),
        discussion: Phrase(
            "Several campaigns are shown as a table; one, with its instances and what it waits for.",
            "Várias campanhas aparecem como tabela; uma só, com as instâncias e o que ela espera."),
        examples: ["discador status", "discador status cobranca-novembro --watch"])

    @Argument(help: .text("The campaigns. [default: all of them]", "As campanhas. [padrão: todas]"))
    var campaigns: [String] = []

    @Flag(
        help: .text(
            "Refresh every two seconds until interrupted.", "Atualiza a cada dois segundos até ser interrompido."))
    var watch = false

    @OptionGroup var progress: ProgressOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if watch, progress.progress == ProgressStyle.none {
            throw ValidationError(
                Phrase(
                    "--watch shows progress, and --progress none does not: leave one of them out.",
                    "--watch mostra o andamento, e --progress none não: tire um dos dois.")[SystemEnvironment.language])
        }
    }

    func run() async throws {
        var block = ScreenBlock(language: options.output.language)
        repeat {
            try show(in: &block)
            guard watch, options.output.hasReader else { return }
        } while (try? await SystemEnvironment.clock.sleep(for: .seconds(2))) != nil
    }

    private func show(in block: inout ScreenBlock) throws {
        let reader = try options.openReader()
        let names = try names(reader)
        let holding = WriterLock.holding(ofDatabase: options.databasePath)
        if watch, progress.progress == .json || options.json {
            let statuses = JSONList(try statuses(reader, names, holding), named: "campaigns")
            if progress.progress == .json { options.output.progress(jsonLine: statuses) }
            try options.output.result(jsonLine: statuses)
        } else if options.json {
            let statuses = try statuses(reader, names, holding)
            try options.output.result(json: JSONList(statuses, named: "campaigns"))
        }
        guard !options.json else { return }
        guard watch, progress.progress == nil, options.output.canRedrawResults else {
            let lines = try lines(reader, names, holding, width: options.output.resultWidth)
            return try options.output.result(lines.joined(separator: "\n"))
        }
        // A table is as wide as the screen already; sentences are broken.
        let isTable = names.count > 1
        let lines = try lines(reader, names, holding, width: options.output.resultWidth)
        try options.output.result(in: &block) { width in
            guard !isTable else { return lines }
            return lines.flatMap { line in
                let indent = line.prefix { $0 == " " }.count
                return TextFlow.sentence(line, indent: indent, hanging: 2, width: width, maxLines: 6)
            }
        }
    }

    /// The campaigns that are shown, each once.
    private func names(_ reader: StoreReader) throws -> [String] {
        guard !campaigns.isEmpty else { return try reader.campaigns().map(\.name) }
        let locator = CampaignLocator(options: options)
        return try campaigns.map { try locator.name(reader, of: $0) }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func lines(
        _ reader: StoreReader, _ names: [String], _ holding: WriterLock.Holding, width: Int?
    ) throws -> [String] {
        let language = options.output.language
        guard names.count > 1 else {
            let none = language.text("No campaign has been imported yet.", "Nenhuma campanha foi importada ainda.")
            return try names.isEmpty ? [none] : statuses(reader, names, holding).flatMap { $0.lines(language) }
        }
        let overviews = try reader.overviews(of: names)
        return CampaignTable(overviews, holding: holding, for: .status).lines(language, width: width)
    }

    private func statuses(
        _ reader: StoreReader, _ names: [String], _ holding: WriterLock.Holding
    ) throws -> [CampaignStatus] {
        try names.map { name in
            var status = try CampaignStatus(
                reader, of: name, holding: holding, now: SystemEnvironment.now(), uptime: SystemEnvironment.uptime())
            status.suggested = options.suggested()
            return status
        }
    }
}
