/// A language that people are spoken to in. Machines always get the codes and names of the documentation.
package enum Language: String, CaseIterable, Codable, Sendable {
    case english = "en"
    case portuguese = "pt-BR"

    /// The language that `name` asks for, such as `pt-BR`, `pt_BR.UTF-8` or `en`; nil when it is neither of them.
    package init?(_ name: String) {
        switch name.lowercased().prefix(while: { $0.isLetter }) {
        case "pt": self = .portuguese
        case "en": self = .english
        default: return nil
        }
    }

    /// The language of a user's environment: that of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set;
    /// English when it is another one.
    package init(environment: [String: String]) {
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = name.flatMap { Language($0) } ?? .english
    }
}
