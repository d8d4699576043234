import ArgumentParser

/// `discador block`: the do-not-call list.
struct BlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block",
        abstract: "The do-not-call list: one for all campaigns in the database.",
        discussion: """
            A number on the list is never dialed, however it is written: with or without country code, punctuation or \
            ninth digit. The list is checked when contacts are imported, when a number is added (waiting contacts are \
            excluded immediately, in every campaign), and again when a contact's turn comes.
            """,
        subcommands: [
            BlockAddCommand.self, BlockRemoveCommand.self, BlockImportCommand.self, BlockListCommand.self,
        ]
    )
}
