import ArgumentParser
import CampaignCore
import CampaignFile

/// `discador replies test`: how one reply would be read.
struct RepliesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Say how a reply would be read, and by which rule; needs no database and changes nothing.",
        discussion: """
            opt_out: the person is blocked at once. review: the person is not called until somebody decides. none: the \
            reply changes nothing. Write -- before a text that begins with a dash.
            """)

    @Argument(help: "What somebody might write, in quotes.")
    var text: String

    @Option(help: "Also use the optOut lists of a campaign: its folder, its campaign.yml, or its name.")
    var campaign: String?

    @Flag(help: "Read the text as the label of a button or list entry that somebody chose.")
    var button = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var text: String
            var level: String
            var rule: String
        }
        let lists = try optOutLists()
        let reader = OptOutReader(words: lists.words, buttons: lists.buttons, review: lists.review)
        let reading = button ? reader.reading(ofButton: text) : reader.reading(of: text)
        try options.output.result(json: Document(text: text, level: reading.level.rawValue, rule: reading.rule))
        try options.output.result("\(reading.level.rawValue): \(reading.rule). \(reading.level.meaning)")
    }

    /// Inlined into the asynchronous function, its errors make the optimizer of Swift 6.3.1 crash (CoroSplit).
    @inline(never)
    private func optOutLists() throws -> OptOutLists {
        guard let campaign else { return OptOutLists() }
        return try CampaignLocator(options: options).loadWithoutSecrets(campaign, secrets: secrets).campaign.optOut
    }
}

extension OptOutReading.Level {
    /// What happens, in a sentence.
    fileprivate var meaning: String {
        switch self {
        case .optOut: "The person is put on the do-not-call list at once."
        case .review: "The person is not called until somebody has decided."
        case .none: "The reply changes nothing."
        }
    }
}
