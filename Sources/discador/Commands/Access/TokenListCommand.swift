import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador token list`.
struct TokenListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        Phrase(
            "Show the tokens: what each may do, who made it, and when it was last used.",
            "Mostra os tokens: o que cada um pode fazer, quem o criou e quando foi usado pela última vez."),
        examples: ["discador token list", "discador token list --json"])

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let tokens = try options.openReader().tokens()
        try options.output.result(json: JSONList(tokens.map(Entry.init), named: "tokens"))
        guard !tokens.isEmpty else {
            return try options.output.result(Phrase("There are no tokens.", "Não há tokens."))
        }
        let language = options.output.language
        let (clock, now) = (LocalClock.machine, SystemEnvironment.now())
        let rows = tokens.map { token in
            [
                token.name, Self.words(token.scopes).joined(separator: " "),
                clock.text(token.createdAt, withSeconds: false)[language], token.createdBy,
                token.lastUsedAt.map { clock.text($0, withSeconds: false)[language] }
                    ?? language.text("never", "nunca"),
                expiry(of: token, now, clock)[language],
            ]
        }
        let table = TextTable(
            [
                .init(language.text("name", "nome"), isWhole: true), .init(language.text("scopes", "escopos")),
                .init(language.text("made", "criado"), isOptional: true),
                .init(language.text("by", "por"), isOptional: true), .init(language.text("last used", "último uso")),
                .init(language.text("until", "até")),
            ], sample: rows, width: options.output.resultWidth)
        let lines = [table.header] + rows.map(table.line) + [clock.name[language]]
        try options.output.result(lines.joined(separator: "\n"))
    }

    private func expiry(of token: APIToken, _ now: Timestamp, _ clock: LocalClock) -> Phrase {
        guard let end = token.expiresAt else { return Phrase("removed", "ser removido") }
        let moment = clock.text(end, withSeconds: false)
        return token.isExpired(at: now) ? moment + Phrase(" (expired)", " (vencido)") : moment
    }

    private static func words(_ scopes: Set<APIScope>) -> [String] {
        APIScope.allCases.filter(scopes.contains).map(\.rawValue)
    }

    private struct Entry: Encodable {
        var name: String
        var scopes: [String]
        var createdAt, createdBy: String
        var lastUsedAt, expiresAt: String?

        init(_ token: APIToken) {
            name = token.name
            scopes = TokenListCommand.words(token.scopes)
            (createdAt, createdBy) = (token.createdAt.json(), token.createdBy)
            (lastUsedAt, expiresAt) = (token.lastUsedAt?.json(), token.expiresAt?.json())
        }
    }
}
