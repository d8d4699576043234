package import CampaignCore

/// Why a campaign file, or the env file beside it, cannot be used: all problems, in the order of their lines.
///
/// Never contains a variable's value or a literal secret.
package struct CampaignFileError: Error, Equatable, Sendable, Explained {
    /// One thing that is wrong: what, where, and what to do.
    package struct Problem: Hashable, Sendable {
        /// The line, from 1; nil when the problem concerns the whole file.
        package var line: Int?
        /// The column, from 1; nil when the problem concerns the line or the whole file.
        package var column: Int?
        /// The entry, such as `instances[0].pace.per`; nil when the problem concerns the file or a line of it.
        package var keyPath: String?
        /// What is wrong, without a final period.
        package var message: Phrase
        /// What to do about it, without a final period.
        package var remedy: Phrase

        /// A problem; message and remedy are the two halves of one sentence.
        package init(line: Int? = nil, column: Int? = nil, keyPath: String? = nil, message: Phrase, remedy: Phrase) {
            self.line = line
            self.column = column
            self.keyPath = keyPath
            self.message = message
            self.remedy = remedy
        }

        /// The sentence: the key path if there is one, the message, the remedy.
        package var sentence: Phrase {
            Phrase { language in
                let prefix = keyPath.map { "\($0): " } ?? ""
                let end = remedy[language].hasSuffix("?") ? "" : "."
                return "\(prefix)\(message[language]): \(remedy[language])\(end)"
            }
        }
    }

    /// The file, as the user named it.
    package let path: String
    /// What is wrong with it; at least one.
    package let problems: [Problem]

    /// An error about one file. The problems are sorted by line.
    package init(path: String, problems: [Problem]) {
        self.path = path
        let ordered = problems.enumerated().sorted { left, right in
            (left.element.line ?? 0, left.offset) < (right.element.line ?? 0, right.offset)
        }
        self.problems = ordered.map(\.element)
    }

    /// One line for each problem: `campaign.yml:12: instances[0].pace.per: "1x" is not a valid duration: write …`.
    package var phrase: Phrase {
        problems.map { problem in
            let line = problem.line.map { ":\($0)" } ?? ""
            return Phrase(verbatim: "\(path)\(line): ") + problem.sentence
        }.joined(separator: "\n")
    }
}

extension CampaignFileError {
    init(path: String, line: Int? = nil, column: Int? = nil, message: Phrase, remedy: Phrase) {
        self.init(path: path, problems: [Problem(line: line, column: column, message: message, remedy: remedy)])
    }
}
