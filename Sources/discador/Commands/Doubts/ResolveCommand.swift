import ArgumentParser
import CampaignCore
package import CampaignStore

extension CampaignStore.Resolution: ExpressibleByArgument {}

/// `discador resolve`: a person resolves doubts.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Resolve calls in doubt: they rang (called), or they did not and may be dialed again (not-called).",
        discussion: """
            Whoever is resolved as not called is dialed again: --as not-called shows who that is, and asks. Without a \
            terminal to ask on it needs --yes.

            A file of numbers is read as `import` reads one. Rows that hold no number are named, and the exit code is 65 \
            then; all others are resolved.

            \(FilterOptions.help)
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Option(parsing: .upToNextOption, help: "The numbers, written in any way.")
    var phone: [String] = []

    @Option(help: "A CSV file with the numbers; “-” is standard input.")
    var file: String?

    @Flag(help: "Every doubt of the campaign.")
    var all = false

    @Option(name: .customLong("as"), help: "What happened: called or not-called.")
    var resolution: CampaignStore.Resolution

    @Flag(help: "Resolve without asking.")
    var yes = false

    @OptionGroup var filtering: FilterOptions
    @OptionGroup var lists: ListOptions
    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        let ways = [!phone.isEmpty, file != nil, filtering.expression != nil, all]
        guard ways.count(where: \.self) == 1 else {
            throw ValidationError("Name the doubts in one way: by --phone, --where, --file, or --all of them.")
        }
    }

    func run() async throws {
        if resolution == .notCalled { try await OperationRunner(options: options).finishCancel(of: campaign) }
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(of: campaign, in: reader)
        let bad = BadRowCount()
        var choice = try choice(of: name, in: reader, bad)
        if resolution == .notCalled {
            let overview = try DoubtOverview(of: choice, campaign: name, reader)
            guard try isWanted(overview) else { return try showNothingResolved(of: name) }
            choice = overview.shown(of: choice)
        }
        let work = ResolveDoubts(campaign: name, doubts: choice, resolution: resolution)
        let done = try await OperationRunner(options: options).run(work)
        try report(done, of: name, bad)
    }

    /// Shows who would be dialed again; whether to go on after that.
    private func isWanted(_ overview: DoubtOverview) throws -> Bool {
        guard !overview.doubts.isEmpty else { return true }
        for line in overview.lines { try options.output.result(line) }
        guard !yes else { return true }
        let count = overview.doubts.count
        let question =
            count == 1
            ? "Did this call not ring, so that it may be dialed again?"
            : "Did none of these \(count) calls ring, so that all may be dialed again?"
        guard let answer = options.output.confirms(question) else {
            throw Failure(
                .usage, "Nothing was changed, there is no terminal to ask on: \(overview.warning) Add --yes to go on.")
        }
        if !answer { options.output.note("Nothing was changed.") }
        return answer
    }

    /// The doubts that are meant.
    private func choice(of name: String, in reader: StoreReader, _ bad: BadRowCount) throws -> DoubtChoice {
        if let filter = try filtering.filter(of: name, in: reader, numbers: numbers) { return .matching(filter) }
        if let file {
            let reading = try lists.applied(to: ListReading(country: numbers.country))
            return .numbers(try NumberList(reading: reading).numbers(in: ListFile(file), bad))
        }
        return all ? .all : .numbers(try numbers.numbers(phone))
    }

    private struct Document: Encodable {
        var campaign: String
        var resolved: [PhoneNumber] = []
        var excluded = 0
        var notInDoubt: [PhoneNumber] = []
        var rejected = 0
        var error: String?
    }

    private func showNothingResolved(of name: String) throws {
        try options.output.result(json: Document(campaign: name))
    }

    private func report(_ done: ResolvedDoubts, of name: String, _ bad: BadRowCount) throws {
        let error = problems(done, of: name, bad)
        try options.output.result(
            json: Document(
                campaign: name, resolved: done.resolved, excluded: done.excluded, notInDoubt: done.notInDoubt,
                rejected: bad.count, error: error))
        let count = done.resolved.count
        switch resolution {
        case .called: try options.output.result("\(count) resolved as called.")
        case .notCalled:
            try options.output.result("\(count - done.excluded) resolved as not called: ready to be dialed.")
            if done.excluded > 0 {
                try options.output.result("\(done.excluded) resolved and excluded: they are on the do-not-call list.")
            }
        }
        guard let error else { return }
        options.output.warn("error: \(error)")
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    /// What could not be resolved; nil when all was.
    private func problems(_ done: ResolvedDoubts, of name: String, _ bad: BadRowCount) -> String? {
        var problems: [String] = []
        if !done.notInDoubt.isEmpty {
            problems.append("Not in doubt in \(name): \(Self.named(done.notInDoubt)).")
        }
        if bad.count > 0 {
            problems.append(
                "\(bad.count.counted("row")) \(bad.count.noun("holds", "hold")) no number that can be read, "
                    + "nothing there is resolved:\n\(bad.text)"
            )
        }
        return problems.isEmpty ? nil : problems.joined(separator: "\n")
    }

    /// A file may name many; the JSON document has them all.
    private static func named(_ numbers: [PhoneNumber]) -> String {
        let most = 20
        let more = numbers.count - most
        return numbers.prefix(most).map(\.text).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
