/// A word of a command that a person is to type.
package enum ShellWord {
    /// The word as a shell takes it for one: as it is, or between quotes.
    package static func quoted(_ word: String) -> String {
        guard word.isEmpty || word.wholeMatch(of: /[A-Za-z0-9_.,\/:@%+-]+/) == nil else { return word }
        return "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
    }
}
