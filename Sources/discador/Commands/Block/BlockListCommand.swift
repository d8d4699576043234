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
        let clock = LocalClock.machine
        var count = 0
        try reader.forEachBlock { entry in
            count += 1
            let line = Entry(phone: entry.phone.text, since: entry.since.json(), reason: entry.reason)
            try result.append(json: line)
            let time = clock.text(entry.since, withSeconds: false)[options.output.language]
            let reason = TerminalText.line(Phrase(recorded: line.reason)[options.output.language])
            try result.append("\(line.phone)  \(time)  \(reason)")
        }
        if count == 0 {
            try result.append(
                options.output.language.text("The do-not-call list is empty.", "A lista de não ligar está vazia."))
        } else {
            try result.append(clock.name[options.output.language])
        }
        try result.finish()
    }
}
