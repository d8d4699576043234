/// Commands that the program suggests, ready to be pasted into a shell: they speak of the same database and the same
/// secrets as the command that suggests them.
package struct SuggestedCommands: Hashable, Sendable {
    /// Those that need a campaign's secrets, and so take `--env-file`.
    private static let withSecrets: Set = ["check", "import", "plan", "queue", "run"]

    private let database: String?
    private let environmentFile: String?

    /// What the suggestions go by.
    ///
    /// - Parameters:
    ///   - database: what `--db` was; nil when it was not given.
    ///   - environmentFile: what `--env-file` was; nil when it was not given.
    package init(database: String? = nil, environmentFile: String? = nil) {
        self.database = database
        self.environmentFile = environmentFile
    }

    /// Those of an error that knows only where the database is.
    package init(databaseAt path: String) {
        self.init(database: path == "discador.db" ? nil : path)
    }

    /// A command by its words, such as `run` and a campaign: `discador run cobranca --db '/srv/my calls.db'`.
    package func command(_ words: String...) -> String {
        var all = ["discador"] + words
        if let database { all += ["--db", database] }
        if let environmentFile, words.first.map(Self.withSecrets.contains) ?? false {
            all += ["--env-file", environmentFile]
        }
        return all.map(Self.quoted).joined(separator: " ")
    }

    /// `word` as one word of a POSIX shell (IEEE Std 1003.1, Shell Command Language, 2.2.2).
    static func quoted(_ word: String) -> String {
        guard word.isEmpty || !word.allSatisfy({ $0.isLetter || $0.isNumber || "-_./:@+,".contains($0) }) else {
            return word
        }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
