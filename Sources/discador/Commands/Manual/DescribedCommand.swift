import ArgumentParser
import Foundation

/// A command as the argument parser describes it to other programs.
struct DescribedCommand: Decodable {
    /// An argument or an option.
    struct Argument: Decodable, Hashable {
        enum Kind: String, Decodable {
            case positional, option, flag
        }

        struct Name: Decodable, Hashable {
            enum Kind: String, Decodable {
                case long, short, longWithSingleDash
            }

            var kind: Kind
            var name: String

            /// As it is typed: `--force`.
            var typed: String { (kind == .long ? "--" : "-") + name }
        }

        var kind: Kind
        var shouldDisplay, isOptional, isRepeating: Bool
        var names: [Name]?
        var valueName, defaultValue, abstract, discussion: String?
        var allValues: [String]?

        /// Its names as they are typed, the short ones first; none for an argument without a name.
        var typedNames: [String] {
            let names = names ?? []
            return (names.filter { $0.kind == .short } + names.filter { $0.kind != .short }).map(\.typed)
        }
    }

    var commandName: String
    var superCommands: [String]?
    var abstract, discussion, defaultSubcommand: String?
    var shouldDisplay: Bool
    var subcommands: [DescribedCommand]?
    var arguments: [Argument]?

    /// The words that call it: `discador block add`.
    var words: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// Itself and the commands below it that help shows.
    var all: [DescribedCommand] {
        [self] + (subcommands ?? []).filter(\.shouldDisplay).flatMap(\.all)
    }

    /// Its arguments and options that help shows.
    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

    /// The program with all its commands, in the user's language.
    static func root() throws -> DescribedCommand {
        struct Description: Decodable {
            var command: DescribedCommand
        }
        do {
            _ = try Discador.parseAsRoot(["--experimental-dump-help"])
        } catch {
            // As with help, the parser throws what it was asked for.
            return try JSONDecoder().decode(Description.self, from: Data(Discador.fullMessage(for: error).utf8)).command
        }
        throw CleanExit.helpRequest(Discador.self)
    }
}
