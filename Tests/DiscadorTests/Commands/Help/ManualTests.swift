import ArgumentParser
import Foundation
import Testing

@testable import discador

/// The page for man(1).
@Suite(.fewAtATime) struct `The manual page` {
    private static let folder = FileManager.default.temporaryDirectory

    private static func page(_ language: String) async throws -> String {
        let result = try await Program.run(["manual", "--lang", language], in: folder)
        #expect(result.exitCode == 0 && result.stderr.isEmpty, "\(result.stderr)")
        return result.stdout
    }

    /// The page as it is read, on one line: without macros, fonts and escapes.
    private static func plain(_ page: String) -> String {
        var text = page.replacing(/\\f[BIR]/, with: "")
        for (escape, character) in [
            ("\\-", "-"), ("\\(aq", "'"), ("\\(dq", "\""), ("\\(ga", "`"), ("\\(ha", "^"), ("\\(ti", "~"), ("\\&", ""),
            ("\\:", ""),
        ] {
            text = text.replacing(escape, with: character)
        }
        return text.split(separator: "\n").joined(separator: " ")
    }

    @Test(arguments: ["en", "pt-BR"])
    func `has every command, option and exit code`(language: String) async throws {
        let page = try await Self.page(language)
        let commands = try DescribedCommand.root().all.dropFirst()
        #expect(commands.count > 30)
        for command in commands where command.commandName != "help" {
            #expect(page.contains("\n.SS \"\(command.words)\"\n"), "\(command.words)")
            for name in command.shownArguments.flatMap(\.typedNames) {
                #expect(page.contains("\\fB\(name.replacing("-", with: "\\-"))\\fR"), "\(command.words) \(name)")
            }
        }
        for status in ExitStatus.allCases {
            #expect(page.contains("\n.TP\n\\fB\(status.rawValue)\\fR\n"), "\(status)")
        }
        for name in ["DISCADOR_DB", "httpStatus", "campaign.yml"] { #expect(page.contains(name), "\(name)") }
    }

    @Test func `says the same as help, in the user's language`() async throws {
        let (english, portuguese) = (try await Self.page("en"), try await Self.page("pt-BR"))
        #expect(english.contains("\n.SH \"EXIT STATUS\"\n") && portuguese.contains("\n.SH \"CÓDIGOS DE SAÍDA\"\n"))
        for group in Discador.configuration.groupedSubcommands {
            #expect((english + portuguese).contains("\n.SH \"\(group.name.uppercased())\"\n"), "\(group.name)")
        }
        let (englishText, portugueseText) = (Self.plain(english), Self.plain(portuguese))
        #expect(englishText.contains("Show the version.") && portugueseText.contains("Mostra a versão."))
        #expect(englishText.contains("(values: comma, semicolon, tab, pipe)"))
        #expect(portugueseText.contains("(valores: comma, semicolon, tab, pipe)"))
        for example in ["discador run cobranca-novembro --canary 20", "discador forget \"11 98765-4321\""] {
            #expect(englishText.contains("  \(example)") && portugueseText.contains("  \(example)"), "\(example)")
        }
        // The name, a dash, and what it is: what apropos lists.
        #expect(english.contains("\ndiscador \\- ") && portuguese.contains("\ndiscador \\- "))
    }

    @Test func `names the commands that an option of most commands is not an option of`() async throws {
        let page = Self.plain(try await Self.page("en"))
        let exceptions = page.matches(of: /Not an option of ([a-z, ]+)\./).map { String($0.1) }
        #expect(exceptions.contains { $0.contains("discador verify") })
    }

    @Test(arguments: ["en", "pt-BR"])
    func `is one that the formatter has nothing to say about`(language: String) async throws {
        guard ["/usr/bin/groff", "/usr/bin/preconv"].allSatisfy(FileManager.default.isExecutableFile(atPath:)) else {
            return
        }
        let file = Self.folder.appending(path: "discador-\(UUID().uuidString).1")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(try await Self.page(language).utf8).write(to: file)
        let check = try await Program(
            ["--version"], in: Self.folder,
            shell: "groff -k -ww -rLL=120n -man -Tutf8 -z '\(file.path)' || exit 9"
        ).result()
        #expect(check.exitCode == 0 && check.stderr.isEmpty, "\(check.stderr)")
    }
}
