/// A text for people in every language: whoever writes it in one writes it in all, since the compiler insists.
///
/// Both languages stand side by side where the text belongs, so that a change to one is not made without seeing the
/// other. Errors are phrases, because the process in which they happen may serve a terminal of another language.
package struct Phrase: Hashable, Sendable, Codable {
    package var english: String
    package var portuguese: String

    package init(_ english: String, _ portuguese: String) {
        self.english = english
        self.portuguese = portuguese
    }

    /// A text that is the same in every language, such as a name, or what another program has said.
    package init(verbatim text: String) {
        self.init(text, text)
    }

    /// The text that `text` makes in each language.
    package init(_ text: (Language) -> String) {
        self.init(text(.english), text(.portuguese))
    }

    package subscript(language: Language) -> String {
        language.text(english, portuguese)
    }

    package static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase { left[$0] + right[$0] }
    }
}

extension Phrase {
    /// Who does something, after `by`: a process is `pelo processo 4711` in Portuguese.
    package static func by(_ who: Phrase) -> Phrase {
        Phrase("by \(who.english)", (who.portuguese.hasPrefix("processo ") ? "pelo " : "por ") + who.portuguese)
    }
}

/// Something that is told to people, such as an error.
package protocol Explained: CustomStringConvertible {
    var phrase: Phrase { get }
}

extension Explained {
    /// For logs, which are in English.
    package var description: String { phrase.english }
}

extension Sequence<Phrase> {
    package func joined(separator: String) -> Phrase {
        Phrase { language in map { $0[language] }.joined(separator: separator) }
    }
}

extension Language {
    /// The text in this language.
    package func text(_ english: @autoclosure () -> String, _ portuguese: @autoclosure () -> String) -> String {
        switch self {
        case .english: english()
        case .portuguese: portuguese()
        }
    }

    /// The number with its noun: `1 call`, `3 calls`, `3 ligações`.
    package func counted(_ count: Int, _ noun: Noun) -> String {
        "\(count) \(noun.text(count, in: self))"
    }
}

extension Phrase {
    /// The number with its noun: `1 call`, `3 calls`, `3 ligações`.
    package static func counted(_ count: Int, _ noun: Noun) -> Phrase {
        Phrase { $0.counted(count, noun) }
    }
}
