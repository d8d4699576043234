import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Glibc

/// `discador init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        Phrase(
            "Make a folder for a new campaign: a commented campaign.yml, a list and a file for the secrets.",
            "Cria a pasta de uma nova campanha: um campaign.yml comentado, uma lista e um arquivo para os segredos."),
        discussion: Phrase(
            """
            Nothing that exists is overwritten, and nobody is called: the numbers of the example list are nobody's. It \
            says what to do next.
            """,
            """
            Nada do que já existe é substituído, e não se liga para ninguém: os números da lista de exemplo não são de \
            ninguém. No fim, diz o que fazer em seguida.
            """),
        examples: ["discador init cobranca-novembro"])

    @Argument(
        help: .text("The folder. [default: this folder]", "A pasta. [padrão: a pasta atual]", valueName: "folder"),
        completion: .directory)
    var folder = "."

    @OptionGroup var options: GlobalOptions

    private struct Document: Encodable {
        var folder: String
        var name: String
        var files: [String]
    }

    func run() throws {
        let language = options.output.language
        let place = URL(fileURLWithPath: folder).standardizedFileURL
        let fallback = language.text("my-campaign", "minha-campanha")
        let name = CampaignTemplate.name(of: place.lastPathComponent) ?? fallback
        let files = [
            (CampaignFile.fileName, CampaignTemplate.file(name: name)[language]),
            (CampaignTemplate.listName, CampaignTemplate.list),
            (CampaignFile.environmentFileName, CampaignTemplate.secrets[language]),
        ]
        try requireNew(files.map { path($0.0) })
        try makeFolder()
        // A file of the user's own stays as it is.
        let ignored = [(".gitignore", CampaignTemplate.ignored)].filter { FileStatus(ofLinkItself: path($0.0)) == nil }
        let written = files + ignored
        for (file, text) in written { try NewFile.write(Array(text.utf8), to: path(file)) }
        let document = Document(folder: place.path, name: name, files: written.map(\.0))
        try options.output.result(json: document)
        try options.output.result(steps(name))
    }

    private func path(_ file: String) -> String {
        folder == "." ? file : folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
    }

    private func requireNew(_ paths: [String]) throws(Failure) {
        guard let existing = paths.first(where: { FileStatus(ofLinkItself: $0) != nil }) else { return }
        throw Failure(
            .usage,
            Phrase(
                "\(existing) already exists: name another folder. Nothing was written.",
                "\(existing) já existe: escolha outra pasta. Nada foi gravado."))
    }

    private func makeFolder() throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .disk,
                Phrase(
                    "The folder \(folder) cannot be made: check the path and its permissions.",
                    "Não foi possível criar a pasta \(folder): confira o caminho e as permissões."))
        }
    }

    private func steps(_ name: String) -> Phrase {
        let suggested = options.suggested()
        let list = path(CampaignTemplate.listName)
        let secrets = path(CampaignFile.environmentFileName)
        return Phrase(
            """
            The campaign \(name) is in \(folder == "." ? "this folder" : folder). What to do next:
              1. Put your contacts into \(list): the rows in it are examples.
              2. Write the values that Z-API shows into \(secrets).
              3. \(suggested.command("check", folder))
              4. \(suggested.command("import", folder, "--preview"))
              5. \(suggested.command("import", folder))
              6. \(suggested.command("plan", folder))
              7. \(suggested.command("run", folder, "--canary", "20"))
            """,
            """
            A campanha \(name) está \(folder == "." ? "nesta pasta" : "em \(folder)"). O que fazer em seguida:
              1. Ponha os contatos em \(list): as linhas que estão lá são exemplos.
              2. Escreva em \(secrets) os valores que a Z-API mostra.
              3. \(suggested.command("check", folder))
              4. \(suggested.command("import", folder, "--preview"))
              5. \(suggested.command("import", folder))
              6. \(suggested.command("plan", folder))
              7. \(suggested.command("run", folder, "--canary", "20"))
            """)
    }
}
