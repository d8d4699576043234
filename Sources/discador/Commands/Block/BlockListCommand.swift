import ArgumentParser
import CampaignCore
import CampaignStore
import Reports

/// `discador block list`.
struct BlockListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        Phrase(
            "Show the do-not-call list: each number, when it was added and why, the latest first.",
            "Mostra a lista de não ligar: cada número, quando entrou e por quê, os últimos primeiro."),
        examples: [
            "discador block list",
            "discador block list --json",
        ])

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Entry: Encodable {
            var phone: String
            var since: String
            var reason: String
        }
        let reader = try options.openReader()
        var result = ResultStream(options.output, named: "blocks")
        var (count, unknown) = (0, 0)
        let language = options.output.language
        let clock = LocalClock.machine
        try reader.forEachBlock { entry in
            if count == 0 {
                try result.append(
                    Self.line(
                        language.text("phone", "telefone"), language.text("since", "desde"),
                        language.text("reason", "motivo")))
            }
            count += 1
            if entry.phone.isLid { unknown += 1 }
            let line = Entry(phone: entry.phone.text, since: entry.since.json(), reason: entry.reason)
            try result.append(json: line)
            let reason = TerminalText.line(Phrase(recorded: line.reason)[language])
            try result.append(Self.line(line.phone, clock.text(entry.since, withSeconds: false)[language], reason))
        }
        if count == 0 {
            try result.append(
                language.text("The do-not-call list is empty.", "A lista de não ligar está vazia."))
        } else {
            try result.append(clock.name[language])
        }
        if unknown > 0 {
            try result.append(
                language.text(
                    "…@lid: WhatsApp's own id of a person whose phone it has not told.",
                    "…@lid: o código do próprio WhatsApp para uma pessoa de quem ele não informou o telefone."))
        }
        try result.finish()
    }

    /// The list is written while it is read, so the widths are those of usual numbers and times.
    private static func line(_ phone: String, _ since: String, _ reason: String) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(width - text.count, 0))
        }
        return "\(padded(phone, 20))  \(padded(since, 16))  \(reason)"
    }
}
