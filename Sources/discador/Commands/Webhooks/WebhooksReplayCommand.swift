import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador webhooks replay`: applies stored events again.
struct WebhooksReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        Phrase(
            "Apply the events that are stored once more, as this version understands them.",
            "Aplica de novo os eventos guardados, como esta versão os entende."),
        discussion: Phrase(
            """
            After an upgrade that understands more kinds of events, or when calls have been imported from a \
            copy. Events are kept with their bodies for 30 days. What an event has done before, it does not do \
            twice.
            """,
            """
            Para depois de uma atualização que entende mais tipos de eventos, ou quando ligações foram \
            importadas de uma cópia. Os eventos são guardados com o conteúdo por 30 dias. O que um evento já \
            fez, ele não faz duas vezes.
            """),
        examples: [
            "discador webhooks replay cobranca-novembro --since 2026-11-25 --unmatched"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        help: .text(
            "Only events that came at this time or later: 2026-11-25 or 2026-11-25T09:30.",
            "Só os eventos que chegaram a partir de: 2026-11-25 ou 2026-11-25T09:30.", valueName: "time"))
    var since: String?

    @Flag(
        help: .text(
            "Only events that belong to no call so far.",
            "Só os eventos que até agora não são de nenhuma ligação."))
    var unmatched = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var events, matched, changed: Int
        }
        let (name, instances) = try find()
        var replay = ReplayEvents(campaign: name, instances: instances, isUnmatchedOnly: unmatched)
        if let since { replay.since = try Self.moment(since) }
        let totals = try await OperationRunner(options: options).run(replay)
        try options.output.result(
            json: Document(
                campaign: name, events: totals.events, matched: totals.matched, changed: totals.changed))
        try options.output.result(
            Phrase(
                "\(totals.events.counted("stored event")) looked at again: \(totals.matched) "
                    + "\(totals.matched.noun("belongs", "belong")) to a call now that did not before, \(totals.changed) "
                    + "changed a contact.",
                "\(totals.events.counted("evento guardado relido", "eventos guardados relidos")): "
                    + "\(totals.matched.counted("agora é", "agora são")) de uma ligação e antes não "
                    + "\(totals.matched.noun("era", "eram")), \(totals.changed.counted("mudou", "mudaram")) um contato."
            ))
    }

    @inline(never)  // see `RunLoop.open`
    private func find() throws -> (String, [String]) {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let instances = try NamedInstance.all(of: name, campaign, reader, options, secrets)
        return (name, instances.map(\.id))
    }

    /// A date, or a date and a time, in this machine's time zone.
    private static func moment(_ text: String) throws(Failure) -> Timestamp {
        let zone = TimeZone.current
        if let moment = Timestamp(written: text, utcOffset: { zone.utcOffset(at: $0) }) { return moment }
        throw Failure(
            .usage,
            Phrase(
                "--since: “\(text)” is not a time: write one such as 2026-11-25 or 2026-11-25T09:30.",
                "--since: “\(text)” não é uma data ou hora: escreva por exemplo 2026-11-25 ou 2026-11-25T09:30."))
    }
}
