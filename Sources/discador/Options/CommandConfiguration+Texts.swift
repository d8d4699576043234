import ArgumentParser
import CampaignCore

extension CommandConfiguration {
    /// The help of a command in the user's language.
    ///
    /// - Parameters:
    ///   - discussion: what does not fit into a line.
    ///   - examples: commands that can be pasted.
    init(
        commandName: String, _ abstract: Phrase, discussion: Phrase? = nil, examples: [String] = [],
        subcommands: [any ParsableCommand.Type] = [], defaultSubcommand: (any ParsableCommand.Type)? = nil
    ) {
        let language = SystemEnvironment.language
        let heading =
            examples.count == 1 ? language.text("Example:", "Exemplo:") : language.text("Examples:", "Exemplos:")
        let commands = examples.isEmpty ? nil : ([heading] + examples.map { "  \($0)" }).joined(separator: "\n")
        self.init(
            commandName: commandName, abstract: abstract[language],
            discussion: [discussion?[language], commands].compactMap(\.self).joined(separator: "\n\n"),
            subcommands: subcommands, defaultSubcommand: defaultSubcommand)
    }
}
