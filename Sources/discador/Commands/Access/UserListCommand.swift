import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador user list`.
struct UserListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        Phrase(
            "Show the users of the dashboard: what each may do, and how they sign in.",
            "Mostra os usuários do painel: o que cada um pode fazer e como entra."),
        examples: ["discador user list", "discador user list --json"])

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Entry: Encodable {
            var user: String
            var level: DashboardLevel
            var hasPassword: Bool
            var createdAt, changedAt: String
        }
        let users = try options.openReader().users()
        let entries = users.map {
            Entry(
                user: $0.name, level: $0.level, hasPassword: $0.password != nil, createdAt: $0.createdAt.json(),
                changedAt: $0.changedAt.json())
        }
        try options.output.result(json: JSONList(entries, named: "users"))
        guard !users.isEmpty else {
            return try options.output.result(Phrase("There are no users.", "Não há usuários."))
        }
        let (language, clock) = (options.output.language, LocalClock.machine)
        let rows = users.map { user in
            [
                user.name, user.level.rawValue,
                user.password == nil ? language.text("links only", "só links") : language.text("password", "senha"),
                clock.text(user.createdAt, withSeconds: false)[language],
                clock.text(user.changedAt, withSeconds: false)[language],
            ]
        }
        let table = TextTable(
            [
                .init(language.text("name", "nome"), isWhole: true), .init(language.text("level", "nível")),
                .init(language.text("signs in by", "entra com")),
                .init(language.text("added", "incluído"), isOptional: true),
                .init(language.text("changed", "alterado"), isOptional: true),
            ], sample: rows, width: options.output.resultWidth)
        let lines = [table.header] + rows.map(table.line) + [clock.name[language]]
        try options.output.result(lines.joined(separator: "\n"))
    }
}
