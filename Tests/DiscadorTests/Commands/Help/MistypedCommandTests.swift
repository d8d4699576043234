import CampaignCore
import Foundation
import Testing

@testable import discador

/// What is said about a wrong command line.
@Suite(.fewAtATime) struct `A mistyped command line` {
    private static let folder = FileManager.default.temporaryDirectory

    @Test(arguments: [
        ("imprt camp", "discador import"), ("stauts", "discador status"), ("RUN", "discador run"),
        ("block ad 11900000001", "discador block add"), ("webhooks shwo camp", "discador webhooks show"),
        ("help fliters", "discador help filters"), ("resum camp", "discador resume"),
    ])
    func `is answered with the command that was meant`(line: String, meant: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let result = try await Program.run(words, in: Self.folder)
        #expect(result.exitCode == 64 && result.stdout.isEmpty)
        #expect(result.stderr.contains("Did you mean `\(meant)`?"), "\(result.stderr)")
        let portuguese = try await Program.run(words, in: Self.folder, environment: ["LANG": "pt_BR.UTF-8"])
        #expect(portuguese.exitCode == 64 && portuguese.stderr.contains("Seria `\(meant)`?"), "\(portuguese.stderr)")
    }

    @Test(arguments: ["xyzzy", "block xyzzy", "help xyzzy"])
    func `names no command where none is like it`(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let message = try #require(MistypedCommand(in: words, of: Discador.self)).failure.message.english
        #expect(message.hasPrefix("There is no command `discador \(line)`.") && !message.contains("mean"), "\(message)")
    }

    @Test(arguments: ["", "--help", "help", "help run", "import imprt", "block add ad", "replies camp", "help filters"])
    func `is not found where every command exists`(line: String) {
        #expect(MistypedCommand(in: line.split(separator: " ").map(String.init), of: Discador.self) == nil)
    }

    @Test(arguments: [
        ("Error: Unknown option '--yes'. Did you mean '--db'?", "Error: Unknown option '--yes'"),
        ("Unknown option '--jsn'. Did you mean '--json'?", "Unknown option '--jsn'. Did you mean '--json'?"),
        ("Unknown option '-x'", "Unknown option '-x'"), ("a\nDid you mean 'b'?", "a\nDid you mean 'b'?"),
    ])
    func `is not answered with an option that is not alike`(said: String, left: String) {
        #expect(ParserText.withoutFarProposals(said) == left)
    }

    @Test(arguments: [
        ("import camp --preveiw", "Erro: A opção '--preveiw' não existe. Seria '--preview'?"),
        ("import camp --xyzzyxyzzy", "Erro: A opção '--xyzzyxyzzy' não existe."),
        ("import camp --yes", "Erro: A opção '--yes' não existe."),
        ("import", "Erro: Falta o argumento '<campaign>'."),
        ("pause a b", "Erro: O argumento 'b' está sobrando."),
        ("pause a b c", "Erro: 2 argumentos estão sobrando: 'b', 'c'"),
        ("verify --kills", "Erro: Falta o valor de '--kills <number>'."),
        ("verify --kills many", "Erro: O valor 'many' não serve para '--kills <number>'."),
        ("verify --json=yes", "Erro: A opção '--json' não aceita um valor, mas foi escrito 'yes'."),
        (
            "import camp --delimiter x",
            "Erro: O valor 'x' não serve para '--delimiter <delimiter>'. Escolha um destes: "
                + "'comma', 'semicolon', 'tab' ou 'pipe'."
        ),
    ])
    func `is explained in Portuguese too`(line: String, sentence: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let result = try await Program.run(words, in: Self.folder, environment: ["LC_MESSAGES": "pt_BR"])
        let lines = result.stderr.components(separatedBy: "\n")
        #expect(result.exitCode == 64 && lines.first == sentence, "\(result.stderr)")
        #expect(lines.contains { $0.hasPrefix("Uso: discador ") })
        #expect(lines.last { !$0.isEmpty }?.hasPrefix("  Mais informações: 'discador ") == true, "\(result.stderr)")
    }
}
