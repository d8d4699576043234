import ArgumentParser

/// `discador webhooks`: what Z-API tells about calls.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "What Z-API tells about calls: set its addresses, see what arrives, try it out.",
        discussion: """
            Z-API posts events (delivered, answered, missed, replies) to an HTTPS address of yours, behind which \
            `discador serve --webhooks` receives them. Each instance has a secret address of its own; only a hash of it \
            is kept in the database.
            """,
        subcommands: [
            WebhooksSetCommand.self, WebhooksShowCommand.self, WebhooksRotateCommand.self, WebhooksTestCommand.self,
            WebhooksProbeCommand.self,
            WebhooksReplayCommand.self, WebhooksReleaseCommand.self,
        ]
    )
}
