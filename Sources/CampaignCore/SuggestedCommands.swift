/// Formats commands that the program suggests, ready to be pasted into a shell: with the same database and the same
/// secrets as the command that suggests them.
package struct SuggestedCommands: Hashable, Sendable {
    /// Commands that need a campaign's secrets, and therefore accept `--env-file`.
    private static let withSecrets: Set = [
        "check", "import", "plan", "queue", "run", "webhooks set", "webhooks rotate", "webhooks test", "webhooks probe",
        "webhooks show", "webhooks replay", "webhooks release",
    ]

    private let database: String?
    private let environmentFile: String?

    /// The options that suggestions repeat.
    ///
    /// - Parameters:
    ///   - database: the value of `--db`; nil when it was not given.
    ///   - environmentFile: the value of `--env-file`; nil when it was not given.
    package init(database: String? = nil, environmentFile: String? = nil) {
        self.database = database
        self.environmentFile = environmentFile
    }

    /// For an error that knows only where the database is.
    package init(databaseAt path: String) {
        self.init(database: path == "discador.db" ? nil : path)
    }

    /// A command from its words, such as `run` and a campaign: `discador run cobranca --db '/srv/my calls.db'`.
    package func command(_ words: String...) -> String { command(words) }

    /// The same for words that depend on something.
    package func command(_ words: [String]) -> String {
        var all = ["discador"] + words
        if let database { all += ["--db", database] }
        let names = [words.prefix(1), words.prefix(2)].map { $0.joined(separator: " ") }
        if let environmentFile, names.contains(where: Self.withSecrets.contains) {
            all += ["--env-file", environmentFile]
        }
        return all.map(Self.quoted).joined(separator: " ")
    }

    /// `word` quoted as one word of a POSIX shell (IEEE Std 1003.1, Shell Command Language, 2.2.2).
    static func quoted(_ word: String) -> String {
        guard word.isEmpty || !word.allSatisfy({ $0.isLetter || $0.isNumber || "-_./:@+,".contains($0) }) else {
            return word
        }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
