import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador restore`: replaces the database with a copy of it.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        Phrase(
            "Replace the database with a copy of it.",
            "Substitui o banco de dados por uma cópia dele."),
        discussion: Phrase(
            """
            A copy that knows less than the database it replaces is refused: a run from it would call people \
            again who were called since. --forget-later-calls restores it anyway, and lists them in a file that \
            `block import` takes. The replaced database is kept beside it, with its log. If it can be read, the \
            copy is given its do-not-call list, the replies that ask for no more calls or wait for a decision, \
            which numbers belong to one person, and its webhook addresses if they are later. Results that it had \
            not yet taken in are kept if the copy knows their calls.

            If the copy is the database file itself, nothing is moved: a file that was refused because it is \
            older than what was last written under its name is accepted from now on.
            """,
            """
            Uma cópia que sabe menos que o banco de dados que ela substitui é recusada: uma execução a partir \
            dela ligaria de novo para quem já recebeu uma ligação depois. Com --forget-later-calls ela é \
            restaurada mesmo assim, e essas pessoas vão para um arquivo que `block import` lê. O banco \
            substituído fica guardado ao lado, com o registro dele. Se ele puder ser lido, a cópia recebe a \
            lista de não ligar, as respostas que pedem para não ligar ou aguardam decisão, quais números são da \
            mesma pessoa e os endereços de webhook mais recentes. Os resultados que ele ainda não tinha \
            recolhido são mantidos se a cópia conhece as ligações.

            Se a cópia for o próprio arquivo do banco de dados, nada é movido: um arquivo recusado por ser mais \
            antigo que o último gravado com esse nome passa a ser aceito.
            """),
        examples: [
            "discador restore copia.db",
            "discador restore copia.db --forget-later-calls",
        ])

    @Argument(
        help: .text(
            "The copy, as made by `discador backup`.",
            "A cópia, feita com `discador backup`.", valueName: "file"), completion: .file())
    var file: String

    @Flag(
        help: .text(
            "Accept a copy that knows less than the database: people who were called since may be called again.",
            """
            Aceita uma cópia que sabe menos que o banco de dados: quem recebeu uma ligação depois pode receber \
            outra.
            """))
    var forgetLaterCalls = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let path = options.databasePath
        let restoration = try restore(to: path)
        let campaigns = try options.openReader().campaigns().map(\.name)
        let forgotten = restoration.forgottenCalls
        let carried = restoration.carried
        try options.output.result(
            json: Document(
                database: path, kept: restoration.aside, resultsKept: restoration.resultsAside,
                forgottenTransactions: restoration.forgotten, forgottenCalls: forgotten?.count,
                forgottenPeople: forgotten?.people, forgottenList: forgotten?.list,
                forgottenPeopleBlocked: carried.forgottenPeople, forgottenBroughtBack: carried.broughtBack,
                blocksKept: carried.blocks,
                blocksBesideKept: carried.blocksBeside, repliesKept: carried.replies, linksKept: carried.links,
                webhookAddressesKept: carried.webhookAddresses,
                losesBlocks: restoration.losesBlocks, campaigns: campaigns))
        try options.output.result(
            Phrase("\(path) was restored from \(file): ", "\(path) foi restaurado a partir de \(file): ")
                + Phrase.counted(campaigns.count, .campaign) + Phrase(verbatim: "."))
        if let aside = restoration.aside {
            try options.output.result(
                Phrase(
                    "The replaced database is kept as \(aside).",
                    "O banco de dados substituído está guardado em \(aside)."))
        }
        for line in carried.lines { try options.output.result(line) }
        if carried.broughtBack > 0 { warnOfForgotten(carried.broughtBack) }
        if restoration.losesBlocks { warnOfLostBlocks() }
        if let results = restoration.resultsAside {
            options.output.warn(
                Phrase(
                    "results of calls that this copy does not know are kept as \(results); the next run calls those people "
                        + "again, unless you block them first.",
                    "os resultados de ligações que esta cópia não conhece estão guardados em \(results); a próxima execução "
                        + "liga de novo para essas pessoas, se você não as bloquear antes."))
        }
        if restoration.losesCalls || forgotten == nil && restoration.forgotten > 0 { warnOfUnknownCalls() }
        if let forgotten, forgotten.count > 0 { warn(of: forgotten, blocked: carried.forgottenPeople) }
    }

    private func warnOfLostBlocks() {
        func block(_ phone: String) -> String { options.suggested().command("block", "add", phone) }
        func set(_ campaign: String) -> String { options.suggested().command("webhooks", "set", campaign) }
        options.output.warn(
            Phrase(
                "the do-not-call list, the replies or the webhook addresses, as they were last, could not be read "
                    + "completely: numbers that were blocked or have written since the copy was made may be called. Block "
                    + "them again before the next run (`\(block("PHONE"))`), and set the webhooks again "
                    + "(`\(set("CAMPAIGN"))`).",
                "não foi possível ler por inteiro a lista de não ligar, as respostas ou os endereços de webhook mais "
                    + "recentes: números que foram bloqueados ou que escreveram depois de feita a cópia podem receber "
                    + "ligações. Bloqueie-os de novo antes da próxima execução (`\(block("TELEFONE"))`) e defina de novo os "
                    + "webhooks (`\(set("CAMPANHA"))`)."))
    }

    private func warnOfUnknownCalls() {
        func block(_ file: String) -> String { options.suggested().command("block", "import", file) }
        options.output.warn(
            Phrase(
                "this copy may not know the latest calls, and they cannot all be listed, because what it replaces cannot be "
                    + "read or does not know them either. Block those numbers in the restored database "
                    + "(`\(block("FILE"))`), or the next run calls them again.",
                "esta cópia talvez não conheça as últimas ligações, e não é possível listar todas, porque o banco de dados "
                    + "que ela substitui não pode ser lido ou também não as conhece. Bloqueie esses números no banco "
                    + "restaurado (`\(block("ARQUIVO"))`); se não, a próxima execução liga de novo para eles."))
    }

    private func restore(to path: String) throws -> Restoration {
        let copy = FileStatus(of: file)?.identity
        guard let copy else {
            throw Failure(
                .badInput,
                Phrase("There is no file \(file) to restore: ", "O arquivo \(file) não existe: ") + Self.remedy)
        }
        do throws(StoreError) {
            return try CampaignStore.restore(
                file, to: path, forgetsLater: forgetLaterCalls, now: SystemEnvironment.now(),
                holder: options.holder("restore"))
        } catch {
            // The usual message is about a database in use, and does not help with a copy.
            guard let problem = error.asCopy, FileStatus(of: problem.path)?.identity == copy,
                FileStatus(of: path)?.identity != copy
            else { throw error }
            throw Failure(
                .badInput,
                Phrase("\(file) cannot be restored because ", "\(file) não pode ser restaurado porque ")
                    + problem.detail + Phrase(verbatim: ": ") + Self.remedy)
        }
    }

    private static let remedy = Phrase(
        "name a copy that `discador backup` made. Nothing was changed.",
        "indique uma cópia feita com `discador backup`. Nada foi mudado.")

    private struct Document: Encodable {
        var database: String
        var kept: String?
        var resultsKept: String?
        var forgottenTransactions: Int
        var forgottenCalls: Int?
        var forgottenPeople: Int?
        var forgottenList: String?
        var forgottenPeopleBlocked: Int
        /// Numbers that had been forgotten and are back.
        var forgottenBroughtBack: Int
        var blocksKept: Int
        var blocksBesideKept: Int
        var repliesKept: Int
        var linksKept: Int
        var webhookAddressesKept: Int
        var losesBlocks: Bool
        var campaigns: [String]
    }
}

extension CarriedOver {
    /// What the copy has been given, a sentence each.
    fileprivate var lines: [Phrase] {
        var lines: [Phrase] = []
        if blocks > 0 {
            lines.append(
                Phrase(
                    "\(blocks.counted("number")) of its do-not-call list that the copy did not have "
                        + "\(blocks.noun("was", "were")) added.",
                    blocks == 1
                        ? "Foi acrescentado 1 número da lista de não ligar que a cópia não tinha."
                        : "Foram acrescentados \(blocks) números da lista de não ligar que a cópia não tinha."))
        }
        if blocksBeside > 0 { lines.append(besideLine) }
        if replies > 0 { lines.append(repliesLine) }
        if links > 0 {
            lines.append(
                Phrase(
                    "\(links.counted("phone")) \(links.noun("was", "were")) linked with "
                        + "\(links.noun("the @lid of the same person", "the @lids of the same people")).",
                    links == 1
                        ? "1 telefone foi associado ao @lid da mesma pessoa."
                        : "\(links) telefones foram associados aos @lids das mesmas pessoas."))
        }
        if webhookAddresses > 0 {
            let count = webhookAddresses
            lines.append(
                Phrase(
                    "\(count.counted("webhook address", "webhook addresses")) \(count.noun("was", "were")) taken over: "
                        + "what Z-API posts to \(count.noun("it", "them")) is accepted as before.",
                    count == 1
                        ? "1 endereço de webhook foi mantido: o que a Z-API envia para ele continua sendo aceito."
                        : "\(count) endereços de webhook foram mantidos: o que a Z-API envia para eles continua sendo aceito."
                ))
        }
        return lines
    }

    private var besideLine: Phrase {
        let count = blocksBeside
        return Phrase(
            "\(count.counted("more number")) \(count.noun("was", "were")) added, because \(count.noun("it", "they")) stood "
                + "in a row with a number of that list, and the copy does not have that row.",
            count == 1
                ? "Foi acrescentado mais 1 número, porque estava numa linha com um número dessa lista, e a cópia não tem essa "
                    + "linha."
                : "Foram acrescentados mais \(count) números, porque estavam numa linha com um número dessa lista, e a cópia "
                    + "não tem essa linha.")
    }

    private var repliesLine: Phrase {
        let held =
            holding > 0
            ? Phrase(
                "; \(holding) of them \(holding.noun("waits", "wait")) for a decision and "
                    + "\(holding.noun("holds its", "hold their")) \(holding.noun("writer", "writers"))",
                holding == 1
                    ? "; 1 delas aguarda uma decisão e segura a ligação a quem escreveu"
                    : "; \(holding) delas aguardam uma decisão e seguram as ligações a quem escreveu")
            : Phrase(verbatim: "")
        return Phrase(
            "\(replies.counted("reply", "replies")) that the copy did not have \(replies.noun("was", "were")) added",
            replies == 1
                ? "Foi acrescentada 1 resposta que a cópia não tinha"
                : "Foram acrescentadas \(replies) respostas que a cópia não tinha") + held + Phrase(verbatim: ".")
    }
}

extension StoreError {
    /// Why a file is not a copy that can be restored; nil for everything else.
    fileprivate var asCopy: (path: String, detail: Phrase)? {
        switch self {
        case .notOurs(let path, let detail): (path, detail)
        case .corrupt(let path, let detail):
            (path, Phrase("it is damaged (\(detail.english))", "está danificado (\(detail.portuguese))"))
        case .missing(let path): (path, Phrase("it is not a database", "não é um banco de dados"))
        case .held, .fromNewerVersion, .fromOlderVersion, .diskFull, .tooManyFiles, .io, .locked, .replaced,
            .overwritten,
            .indexOverwritten, .outdated, .lost, .unmarked, .writtenElsewhere, .otherDatabase, .otherName,
            .unknownCampaign, .campaignIncomplete, .beingDeleted, .unexpected:
            nil
        }
    }
}
