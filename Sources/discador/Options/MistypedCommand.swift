import ArgumentParser
import CampaignCore

/// A word of the command line in the place of a command, which is none.
struct MistypedCommand {
    /// The command before it, such as `discador block`.
    private let parent: String
    private let word: String
    /// The command that it resembles.
    private let meant: String?

    /// Nil if the command exists, or none is expected.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var words = arguments[...]
        // `help` takes the words of a command.
        let asksForHelp = words.first == "help"
        if asksForHelp { words = words.dropFirst() }
        var command = root
        var path = ["discador"] + (asksForHelp ? ["help"] : [])
        while let word = words.popFirst(), !word.hasPrefix("-") {
            let configuration = command.configuration
            // A command with a default takes the word as an argument of that one.
            guard !configuration.subcommands.isEmpty, configuration.defaultSubcommand == nil else { return nil }
            let known = configuration.subcommands.compactMap { $0.configuration.commandName }
            if let next = configuration.subcommands.first(where: { $0.configuration.commandName == word }) {
                command = next
                path.append(word)
                continue
            }
            guard word != "help" || asksForHelp else { return nil }
            parent = path.joined(separator: " ")
            self.word = word
            meant = NearestName.nearest(to: word, among: known)
            return
        }
        return nil
    }

    var failure: Failure {
        let question =
            meant.map { Phrase(" Did you mean `\(parent) \($0)`?", " Seria `\(parent) \($0)`?") }
            ?? Phrase(verbatim: "")
        let list = parent == "discador help" ? "discador --help" : "\(parent) --help"
        return Failure(
            .usage,
            Phrase("There is no command `\(parent) \(word)`.", "O comando `\(parent) \(word)` não existe.") + question
                + Phrase(" `\(list)` lists the commands.", " `\(list)` mostra os comandos."))
    }
}
