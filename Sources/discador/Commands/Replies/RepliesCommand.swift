import ArgumentParser

/// `discador replies`: what people wrote back.
struct RepliesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replies",
        abstract: "Replies by which people ask not to be called again: those that wait for a decision.",
        discussion: """
            A reply that is one of the known words (sair, parar, stop, baja …) or has a phrase about being called \
            (“não me ligue mais”, “no me llamen más”, “stop calling me” …) blocks the person in the whole database at \
            once. One that may mean it holds the person until somebody decides; a recording or an image is listed and \
            holds nobody. Anything else changes nothing. Without a subcommand, `discador replies` lists what waits.
            """,
        subcommands: [RepliesListCommand.self, RepliesDecideCommand.self, RepliesTestCommand.self],
        defaultSubcommand: RepliesListCommand.self
    )
}
