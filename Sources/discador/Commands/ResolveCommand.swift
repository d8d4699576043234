public import ArgumentParser
import CampaignCore
public import CampaignStore

extension CampaignStore.Settlement: ExpressibleByArgument {}

/// `discador resolve`: a person settles doubts.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Settle calls in doubt: they rang (called), or they did not and may be dialled again (not-called)."
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Option(parsing: .upToNextOption, help: "The numbers, written in any way.")
    var phone: [String] = []

    @Flag(help: "Every doubt of the campaign.")
    var all = false

    @Option(name: .customLong("as"), help: "What happened: called or not-called.")
    var settlement: CampaignStore.Settlement

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard all != !phone.isEmpty else {
            throw ValidationError("Name the numbers with --phone, or all of them with --all.")
        }
    }

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var settled: [String]
            var notInDoubt: [String]
        }
        let name = try CampaignLocator(options: options).name(of: campaign, in: try options.openReader())
        let numbers = try reading.numbers(phone)
        let store = try options.openStore(for: "resolve \(name)")
        let settled = try await store.settle(
            campaign: name, identities: all ? nil : numbers.map(\.identity), as: settlement)
        try store.close()
        let missed = numbers.filter { number in !settled.contains { $0.identity == number.identity } }
        try options.output.result(
            json: Document(campaign: name, settled: settled.map(\.text), notInDoubt: missed.map(\.text)))
        options.output.result(
            settlement == .called
                ? "\(settled.count) settled as called." : "\(settled.count) settled as not called: ready to be dialled."
        )
        guard missed.isEmpty else {
            throw Failure(.badInput, "Not in doubt in \(name): \(missed.map(\.text).joined(separator: ", ")).")
        }
    }
}
