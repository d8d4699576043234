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
            meant = Self.nearest(to: word, among: known)
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

    /// The name that is most like the word: with a letter or two wrong, or begun.
    private static func nearest(to word: String, among names: [String]) -> String? {
        let word = word.lowercased()
        let near = names.map { (name: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
        if let near, near.distance <= min(2, near.name.count / 2) { return near.name }
        return word.count > 1 ? names.first { $0.hasPrefix(word) } : nil
    }

    /// How many letters have to be added, left out, replaced, or swapped with the next.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        // Rows of the table of distances: of the last two beginnings of `left`, to each beginning of `right`.
        var before: [Int] = []
        var row = Array(0...right.count)
        for i in left.indices {
            var next = [i + 1]
            for j in right.indices {
                var least = min(row[j] + (left[i] == right[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, before[j - 1] + 1)
                }
                next.append(least)
            }
            before = row
            row = next
        }
        return row[right.count]
    }
}
