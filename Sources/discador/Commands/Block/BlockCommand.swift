import ArgumentParser

/// `discador block`: who asked not to be called.
struct BlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block",
        abstract: "The do-not-call list: one for all campaigns of the database.",
        discussion: """
            A number on the list is never dialed, however it is written: with or without country code, mask or ninth \
            digit. It is looked up when a list is imported, when a number is put on the list (contacts that wait are \
            excluded at once, in every campaign), and again when a contact's turn comes.
            """,
        subcommands: [BlockAdd.self, BlockRemove.self, BlockImport.self, BlockList.self]
    )
}
