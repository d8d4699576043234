import ArgumentParser
import CampaignCore

/// `discador block`: who asked not to be called.
struct BlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block",
        abstract: "The do-not-call list: one for all campaigns of the database.",
        discussion: """
            A number on the list is never dialled, however it is written: with or without country code, mask or ninth \
            digit. It is looked up when a list is imported, when a number is put on the list (contacts that wait are \
            excluded at once, in every campaign), and again when a contact's turn comes.
            """,
        subcommands: [BlockAdd.self, BlockRemove.self, BlockImport.self, BlockList.self]
    )
}

/// Numbers as an operator writes them on the command line.
struct NumberOptions: ParsableArguments {
    @Option(help: "The country calling code for numbers written without one.")
    var country = "55"

    /// The numbers in these texts.
    func numbers(_ texts: [String]) throws -> [PhoneNumber] {
        guard let reader = PhoneReader(country: country) else {
            throw Failure(.usage, "No country has the calling code \(country): correct --country.")
        }
        return try texts.map { text in
            do throws(PhoneProblem) {
                return try reader.read(text).get()
            } catch {
                throw Failure(.usage, "“\(text)” is no phone number. \(error.suggestion)")
            }
        }
    }
}
