import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador backup`: a copy of the database to keep.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        Phrase(
            "Copy the database to a file, even during a run.",
            "Copia o banco de dados para um arquivo, também durante uma execução."),
        discussion: Phrase(
            """
            The copy is consistent and checked, and only its owner can read it (mode 0600). It is written \
            completely or not at all; a device or a pipe is written to directly. The copy does not know of later \
            calls, and a run from it would call those people again: put them on its do-not-call list first \
            (`discador block import`). --force replaces an earlier copy of the same database, but never a \
            database that was dialed from.
            """,
            """
            A cópia é íntegra e conferida, e só o dono pode ler (modo 0600). É gravada por inteiro ou não é \
            gravada; num dispositivo ou pipe, grava-se direto. A cópia não sabe das ligações feitas depois, e \
            uma execução a partir dela ligaria de novo para essas pessoas: ponha-as antes na lista de não ligar \
            da cópia (`discador block import`). --force substitui uma cópia anterior do mesmo banco de dados, \
            nunca um banco de onde já se ligou.
            """),
        examples: [
            "discador backup copia.db",
            "discador backup copia.db --force",
        ])

    @Argument(
        help: .text(
            "The new file.",
            "O arquivo novo.", valueName: "file"), completion: .file())
    var file: String

    @Flag(
        help: .text(
            "Replace the file if it exists.",
            "Substitui o arquivo, se ele existir."))
    var force = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        var protected = options.protectedFiles(reader)
        protected.allowCopies(of: reader)
        let target = try OutputFile(file, replaces: force, protecting: protected)
        let spooled = try reader.spooledResults()
        var size = 0
        var campaigns: [String] = []
        try target.place { copy in
            do throws(StoreError) {
                try reader.backUp(to: copy)
            } catch {
                guard case .diskFull(copy) = error else { throw error }
                throw StoreError.diskFull(path: file)
            }
            size = FileStatus(of: copy)?.size ?? 0
            campaigns = try StoreReader(path: copy).campaigns().map(\.name)
        }
        let words =
            Phrase(verbatim: "\(file): ") + Phrase.counted(size, .byte) + Phrase(verbatim: ", ")
            + Phrase.counted(campaigns.count, .campaign) + Phrase(", checked.", ", conferido.")
        if target.isStandardOutput {
            options.output.note(words)
        } else {
            try options.output.result(json: Document(file: file, bytes: size, campaigns: campaigns, spooled: spooled))
            try options.output.result(words)
        }
        if spooled > 0 {
            options.output.warn(
                Phrase(
                    "\(spooled.counted("result")) \(spooled.noun("is", "are")) kept beside the database and not in the "
                        + "copy: keep \(options.databasePath)-spool with the copy, or start a run, which takes "
                        + "\(spooled.noun("it", "them")) in, and run this command again.",
                    "\(spooled.counted("resultado está guardado", "resultados estão guardados")) ao lado do banco de dados, "
                        + "e não na cópia: guarde \(options.databasePath)-spool junto com a cópia, ou inicie uma execução, "
                        + "que \(spooled.noun("o recolhe", "os recolhe")), e execute este comando de novo."))
        }
    }

    private struct Document: Encodable {
        var file: String
        var bytes: Int
        var campaigns: [String]
        var spooled: Int
    }
}

extension Noun {
    fileprivate static let byte = Noun("byte", portuguese: ("byte", "bytes"))
}
