import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador block add`.
struct BlockAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Put numbers on the do-not-call list; contacts that wait with them are excluded.",
        discussion: """
            Each number is shown as it was understood: look whether it is the one that you mean. Texts that are no number are \
            named, and the exit code is 64 then: all others are on the list.
            """)

    @Argument(help: "The numbers, written in any way.")
    var numbers: [String]

    @Option(help: "Why, for whoever looks at the list.")
    var reason = ""

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var added: Int
            var known: Int
            var excluded: Int
            var numbers: [UnderstoodNumber]
            /// Who is not protected.
            var notNumbers: [ReadNumbers.Bad]
            var error: String?
        }
        let read = try reading.read(numbers)
        let work = AddBlocks(numbers: read.numbers.map(\.phone), reason: reason)
        // One that cannot be read keeps nobody else from being protected.
        let totals = read.numbers.isEmpty ? nil : try await OperationRunner(options: options).run(work)
        let error = Self.complaint(read)
        try options.output.result(
            json: Document(
                added: totals?.added ?? 0, known: totals?.known ?? 0, excluded: totals?.excluded ?? 0,
                numbers: read.numbers, notNumbers: read.bad, error: error))
        if let totals {
            for number in read.numbers {
                try options.output.result("\(number.phone.spelled) is on the do-not-call list.")
            }
            try options.output.result(totals.text)
        }
        guard let error else { return }
        options.output.warn("error: \(error)")
        throw ExitCode(ExitStatus.usage.rawValue)
    }

    /// Who is not protected; nil when everybody is.
    private static func complaint(_ read: ReadNumbers) -> String? {
        guard !read.bad.isEmpty else { return nil }
        let who = read.numbers.isEmpty ? "Nobody was put" : "These were not put"
        return
            "\(who) on the do-not-call list, and may still be called; correct them and add them again:\n\(read.badLines)"
    }
}

extension BlockTotals {
    /// The figures for people.
    var text: String {
        var parts = ["\(added) new on the do-not-call list"]
        if known > 0 { parts.append("\(known) on it already") }
        parts.append("\(excluded.counted("waiting contact")) excluded")
        return parts.joined(separator: ", ") + "."
    }
}
