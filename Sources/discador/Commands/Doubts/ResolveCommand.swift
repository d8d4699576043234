import ArgumentParser
import CampaignCore
package import CampaignStore

extension CampaignStore.Resolution: ExpressibleByArgument {}

/// `discador resolve`: resolves doubts as a person says.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Resolve calls in doubt: they rang (called), or they did not and may be dialed again (not-called).",
        discussion: """
            Contacts that are resolved as not called are dialed again: --as not-called shows them and asks first. \
            Without a terminal it needs --yes.

            A file of numbers is read like a list for `import`. Rows without a number are reported, with exit code 65; \
            all others are resolved.

            \(FilterOptions.help)
            """
    )

    @Argument(help: .campaign)
    var campaign: String

    @Option(parsing: .upToNextOption, help: "The numbers, written in any way.")
    var phone: [String] = []

    @Option(help: "A CSV file or workbook with the numbers; “-” is standard input.")
    var file: String?

    @Flag(help: "All doubts of the campaign.")
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
            throw ValidationError("Choose the doubts with exactly one of --phone, --where, --file and --all.")
        }
    }

    func run() async throws {
        if resolution == .notCalled { try await OperationRunner(options: options).finishCancel(of: campaign) }
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let bad = BadRowCount()
        var choice = try choice(reader, of: name, bad)
        if resolution == .notCalled {
            let overview = try DoubtOverview(reader, campaign: name, of: choice)
            guard try isWanted(overview) else { return try showNothingResolved(of: name) }
            choice = overview.shown(of: choice)
        }
        let operation = ResolveDoubts(campaign: name, doubts: choice, resolution: resolution)
        let done = try await OperationRunner(options: options).run(operation)
        try report(done, of: name, bad)
    }

    /// Shows who would be dialed again, and asks whether to continue.
    private func isWanted(_ overview: DoubtOverview) throws -> Bool {
        guard overview.count > 0 else { return true }
        for line in overview.lines { try options.output.result(line) }
        guard !yes else { return true }
        let count = overview.count
        let question =
            count == 1
            ? "Are you sure that this call did not ring, and may be dialed again?"
            : "Are you sure that none of these \(count) calls rang, and all may be dialed again?"
        guard let answer = options.output.confirms(question) else {
            throw Failure(
                .usage,
                "Nothing was changed, because there is no terminal to ask on: \(overview.warning) Add --yes to do it.")
        }
        if !answer { options.output.note("Nothing was changed.") }
        return answer
    }

    /// The doubts chosen by the options.
    private func choice(_ reader: StoreReader, of name: String, _ bad: BadRowCount) throws -> DoubtChoice {
        if let filter = try filtering.filter(reader, of: name, numbers: numbers) { return .matching(filter) }
        if let file {
            let reading = try lists.applied(to: ListReader.Options(country: numbers.country))
            var listed: [PhoneNumber] = []
            try NumberList(file: ListFile(file), reading: reading).forEachNumber(bad) { contact, _ in
                listed.append(contact.phone)
            }
            return .numbers(listed)
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
            let ready = count - done.excluded - done.outdated - done.called
            try options.output.result("\(ready) resolved as not called, and ready to be dialed.")
            if done.excluded > 0 {
                try options.output.result("\(done.excluded) resolved and excluded: they are on the do-not-call list.")
            }
            if done.outdated > 0 {
                try options.output.result(
                    "\(done.outdated) resolved and excluded: \(name) was cancelled, or their list replaced. To call "
                        + "them all the same, use retry.")
            }
            if done.called > 0 {
                try options.output.result("\(done.called) resolved and accepted: another call of theirs went out.")
            }
        }
        guard let error else { return }
        options.output.warn("error: \(error)")
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    /// What could not be resolved; nil when everything was.
    private func problems(_ done: ResolvedDoubts, of name: String, _ bad: BadRowCount) -> String? {
        var problems: [String] = []
        if !done.notInDoubt.isEmpty {
            problems.append("Not in doubt in \(name): \(Self.named(done.notInDoubt)).")
        }
        for number in done.aboutOthers.prefix(Self.maxNamed) {
            problems.append(
                "\(number.phone.text): the doubt of this contact is about \(Self.named(number.dialed)). "
                    + "If you know that, too, give every number it is about.")
        }
        if bad.count > 0 {
            problems.append(
                "\(bad.count.counted("row")) \(bad.count.noun("has", "have")) no usable number and "
                    + "\(bad.count.noun("was", "were")) not resolved:\n\(bad.text)"
            )
        }
        return problems.isEmpty ? nil : problems.joined(separator: "\n")
    }

    private static let maxNamed = 20

    /// A file may contain many; the JSON document lists them all.
    private static func named(_ numbers: [PhoneNumber]) -> String {
        let more = numbers.count - maxNamed
        return numbers.prefix(maxNamed).map(\.text).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
