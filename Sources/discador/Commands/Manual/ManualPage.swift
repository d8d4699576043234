import ArgumentParser
import CampaignCore
import Foundation

/// The program's manual page: what help says of every command, in one page.
struct ManualPage {
    private let root: DescribedCommand
    private let language: Language
    /// The options that most commands have; they are described once.
    private let shared: [DescribedCommand.Argument]
    private var page: ManualText

    init(commands root: DescribedCommand, language: Language) {
        self.root = root
        self.language = language
        let commands = root.all.dropFirst().filter { $0.subcommands == nil && $0.commandName != "help" }
        let counts = Dictionary(grouping: commands.flatMap(\.shownArguments), by: \.self).mapValues(\.count)
        let sharing = commands.map { command in
            command.shownArguments.filter { counts[$0, default: 0] * 2 > commands.count }
        }
        shared = sharing.max { $0.count < $1.count } ?? []
        page = ManualText(
            title: root.commandName.uppercased(), program: "discador \(Discador.version)",
            manual: language.text("User commands", "Comandos do usuário"))
        addOpening()
        addSharedOptions(of: commands)
        for group in Discador.configuration.groupedSubcommands {
            page.section(group.name.uppercased())
            for name in group.subcommands.map({ $0.configuration.commandName }) {
                for command in root.subcommands?.first(where: { $0.commandName == name })?.all ?? [] { add(command) }
            }
        }
        page.section(language.text("FILTERS", "FILTROS"))
        page.plain(root.subcommands?.first { $0.commandName == "filters" }?.discussion ?? "")
        addExitCodes()
        addSurroundings()
    }

    /// The page in the macros of man(7).
    var text: String { page.text }

    private mutating func addOpening() {
        let program = ManualText.bold(root.commandName)
        let abstract = root.abstract.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 } ?? ""
        page.section(language.text("NAME", "NOME"))
        // Unlike in other lines, programs such as apropos look for this very dash, and for no font.
        page.line("\(root.commandName) \\- \(ManualText.prose(abstract))")
        page.section(language.text("SYNOPSIS", "SINOPSE"))
        let words = [
            language.text("command", "comando"), language.text("argument", "argumento"),
            language.text("option", "opção"),
        ].map(ManualText.italic)
        page.paragraph(
            "\(program) \(words[0]) [\(words[1]) ...] [\(words[2]) ...]",
            "\(program) \(ManualText.bold("help")) [\(words[0])]")
        page.section(language.text("DESCRIPTION", "DESCRIÇÃO"))
        page.plain(root.discussion ?? "")
    }

    private mutating func addSharedOptions(of commands: [DescribedCommand]) {
        page.section(language.text("OPTIONS OF ALL COMMANDS", "OPÇÕES DE TODOS OS COMANDOS"))
        for option in shared {
            let others = commands.filter { command in
                !command.shownArguments.contains { $0.typedNames == option.typedNames }
            }
            let names = others.map { "`\($0.words)`" }.inWords(language)
            let exception =
                others.isEmpty ? nil : language.text("Not an option of \(names).", "Não existe em \(names).")
            page.item(tag(of: option), [description(of: option), exception])
        }
    }

    private mutating func add(_ command: DescribedCommand) {
        page.subsection(command.words)
        let required = command.shownArguments.filter { $0.kind == .positional || !$0.isOptional && $0.kind == .option }
        let hasOptions = command.shownArguments.contains { !required.contains($0) }
        let subcommand = command.subcommands.map { _ in
            command.defaultSubcommand == nil
                ? language.text("<command>", "<comando>") : language.text("[<command>]", "[<comando>]")
        }
        let ending = hasOptions && subcommand == nil ? language.text("[options]", "[opções]") : nil
        let arguments: [String?] = [subcommand] + required.map { synopsis($0) } + [ending]
        page.paragraph(
            ([ManualText.bold(command.words)] + arguments.compactMap(\.self)).joined(separator: " "))
        page.plain(command.abstract ?? "")
        let (discussion, examples) = Self.parts(of: command.discussion ?? "")
        page.plain(discussion)
        if let alone = command.defaultSubcommand {
            page.plain(
                language.text(
                    "Without a command, it is `\(command.words) \(alone)`.",
                    "Sem um comando, é `\(command.words) \(alone)`."))
        }
        if command.subcommands == nil {
            for argument in command.shownArguments where !shared.contains(argument) {
                page.item(tag(of: argument), [description(of: argument)])
            }
        }
        page.plain(examples)
    }

    private mutating func addExitCodes() {
        page.section(language.text("EXIT STATUS", "CÓDIGOS DE SAÍDA"))
        for status in ExitStatus.allCases {
            page.item(ManualText.bold("\(status.rawValue)"), [status.meaning[language].replacing("\n", with: " ")])
        }
    }

    private mutating func addSurroundings() {
        page.section(language.text("ENVIRONMENT", "VARIÁVEIS DE AMBIENTE"))
        let variables = [
            ("DISCADOR_DB", Phrase("The database, without `--db`.", "O banco de dados, sem `--db`.")),
            ("LC_ALL, LC_MESSAGES, LANG", Phrase("The language, without `--lang`.", "O idioma, sem `--lang`.")),
            ("NO_COLOR", Phrase("Unless it is empty, no colors.", "Quando não está vazia, sem cores.")),
        ]
        for (name, meaning) in variables { page.item(ManualText.bold(name), [meaning[language]]) }
        page.plain(
            language.text(
                "And those that `${…}` names in a campaign file.",
                "E as que o arquivo da campanha cita com `${…}`."))
        page.section(language.text("FILES", "ARQUIVOS"))
        let files = [
            (
                "discador.db",
                Phrase(
                    "The database. Copy it with `discador backup` only: dialing from an older copy calls people again.",
                    "O banco de dados. Copie-o só com `discador backup`: discar a partir de uma cópia mais antiga liga de "
                        + "novo para as pessoas.")
            ),
            ("campaign.yml", Phrase("The file of a campaign.", "O arquivo de uma campanha.")),
            (".env", Phrase("Beside it, its secrets; of mode 0600.", "Ao lado dele, os segredos; de modo 0600.")),
        ]
        for (name, meaning) in files { page.item(ManualText.bold(name), [meaning[language]]) }
    }

    /// A discussion, and the examples at its end.
    private static func parts(of discussion: String) -> (text: String, examples: String) {
        let parts = discussion.components(separatedBy: "\n\n")
        guard let last = parts.last, last.contains("\n  discador ") else { return (discussion, "") }
        return (parts.dropLast().joined(separator: "\n\n"), last)
    }

    /// An argument or a required option as it stands behind the command.
    private func synopsis(_ argument: DescribedCommand.Argument) -> String {
        let text = tag(of: argument)
        return argument.isOptional ? "[\(text)]" : text
    }

    /// What is typed for it: its names, and its value in italics.
    private func tag(of argument: DescribedCommand.Argument) -> String {
        let names = argument.typedNames.map(ManualText.bold).joined(separator: ", ")
        guard argument.kind != .flag else { return names }
        let value = ManualText.italic("<\(argument.valueName ?? "")>") + (argument.isRepeating ? " ..." : "")
        return names.isEmpty ? value : "\(names) \(value)"
    }

    /// What help says of it.
    private func description(of argument: DescribedCommand.Argument) -> String {
        let values = argument.allValues.map { "values: " + $0.joined(separator: ", ") }
        let standard = argument.defaultValue.map { "default: \($0)" }
        let remark = [values, standard].compactMap(\.self).joined(separator: "; ")
        let text = [argument.abstract, argument.discussion, remark.isEmpty ? nil : "(\(remark))"]
            .compactMap(\.self).joined(separator: " ")
        return ParserText.translated(text, to: language)
    }
}
