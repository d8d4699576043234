import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import ZAPI

/// `discador check`: would a run work?
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the campaign file, the database and each instance, and call nobody.")

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name; may be left out with --database.")
    var campaign: String?

    @Flag(help: "Read the whole database too: every page and value, and whether its figures add up.")
    var database = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    /// Thousands of requests at once would run out of time while they wait for each other.
    private static let maxAsked = 256

    func validate() throws {
        guard campaign != nil || database else { throw ValidationError("Name a campaign, or give --database.") }
    }

    func run() async throws {
        var findings: [Finding] = []
        var worst = ExitStatus.success
        if database { findings += try examination(&worst) }
        if let campaign { findings += try await look(at: campaign, &worst) }
        try options.output.result(json: findings)
        for finding in findings { try options.output.result(finding.line) }
        if worst != .success { throw ExitCode(worst.rawValue) }
    }

    private func look(at campaign: String, _ worst: inout ExitStatus) async throws -> [Finding] {
        let (campaign, known) = try known(of: campaign)
        var findings = known
        let line = try ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout,
            connections: min(campaign.instances.count, Self.maxAsked), output: options.output)
        for (health, finding) in await look(at: campaign, through: line) {
            findings.append(finding)
            switch health {
            case .connected: break
            case .disconnected, .misconfigured: worst = worst == .success ? .stopped : worst
            case .unreachable: worst = worst == .success ? .unreachable : worst
            }
        }
        try await line.shutdown()
        return findings
    }

    /// The campaign, and what its file, the database and its lists say of it, before anybody is asked.
    ///
    /// Inlined into the asynchronous function, its errors make the optimizer of Swift 6.3.1 crash (CoroSplit).
    @inline(never)
    private func known(of campaign: String) throws -> (Campaign, [Finding]) {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        var findings = [Finding(subject: "campaign file", isGood: true, text: "\(loaded.path) is valid")]
        findings.append(Finding(subject: "window", isGood: true, text: loaded.campaign.windowText))
        if let remark = PaceRemark.text(of: loaded.campaign) {
            findings.append(Finding(subject: "pace", isGood: true, text: remark))
        }
        findings.append(try databaseFinding(loaded.campaign.name))
        if let finding = try pauseFinding(loaded.campaign.name) { findings.append(finding) }
        if let lists = try ListStatuses.look(at: loaded, options, secrets) {
            findings += lists.all.map(Finding.init)
            for note in lists.notes { options.output.note(note) }
        }
        return (loaded.campaign, findings)
    }

    /// How each instance is, many of them asked at once.
    private func look(at campaign: Campaign, through line: ZAPIClient) async -> [(InstanceHealth, Finding)] {
        await withTaskGroup(of: (Int, InstanceHealth, Finding).self) { group in
            var findings: [(Int, InstanceHealth, Finding)] = []
            for (index, instance) in campaign.instances.enumerated() {
                if index >= Self.maxAsked, let finding = await group.next() { findings.append(finding) }
                group.addTask {
                    let health = await line.health(of: index)
                    var finding = Finding(health, of: instance.name)
                    if case .disconnected = health { finding.text += await held(index, line, of: campaign) }
                    return (index, health, finding)
                }
            }
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
        }
    }

    /// What a look at the whole database finds.
    private func examination(_ worst: inout ExitStatus) throws -> [Finding] {
        let path = options.databasePath
        let reader = try options.openReader()
        let defects = try reader.examine()
        guard defects.isEmpty else {
            worst = .disk
            guard reader.staleness == nil else {
                return defects.map { Finding(subject: "database", isGood: false, text: $0.text) }
            }
            let remedy = StoreError.corrupt(path: path, detail: defects.count.counted("defect")).description
            return defects.map { Finding(subject: "database", isGood: false, text: $0.text) }
                + [Finding(subject: "database", isGood: false, text: remedy)]
        }
        return [
            Finding(
                subject: "database", isGood: true,
                text: "\(path): every page and value is sound, all figures add up\(spooled(reader))")
        ]
    }

    /// What waits beside the database; whoever may only read may not see it.
    @inline(never)
    private func spooled(_ reader: StoreReader) -> String {
        do throws(StoreError) {
            let count = try reader.spooledResults()
            return count > 0
                ? "; \(count.counted("result")) beside it \(count.noun("waits", "wait")) for the next run" : ""
        } catch {
            return "; whether results beside it wait for the next run cannot be told: \(error)"
        }
    }

    /// What Z-API would send by itself when an instance is back.
    private func held(_ instance: Int, _ line: ZAPIClient, of campaign: Campaign) async -> String {
        do throws(ProviderError) {
            let count = try await line.queued(of: instance).count
            guard count > 0 else { return " Its queue at Z-API is empty." }
            return
                " \(InstanceQueue.waiting(count)) in its queue at Z-API and \(count.noun("goes", "go")) out when it is back: "
                + "see `\(options.suggested(secrets).command("queue", campaign.name))`."
        } catch {
            return " Its queue at Z-API cannot be read: \(error)."
        }
    }

    /// That the campaign is paused is worth knowing, and no fault.
    private func pauseFinding(_ campaign: String) throws -> Finding? {
        // A database that cannot be read is told of by the finding about itself.
        guard let reader = try? options.openReader() else { return nil }
        if try reader.isBeingCancelled(campaign: campaign) {
            return Finding(
                subject: "cancel", isGood: true, text: "being cancelled: a run excludes whoever waits, and calls nobody"
            )
        }
        return try reader.pause(campaign: campaign).map { pause in
            let resume = options.suggested().command("resume", campaign)
            return Finding(
                subject: "pause", isGood: true, text: "paused \(pause.text): a run calls nobody until `\(resume)`")
        }
    }

    private func databaseFinding(_ campaign: String) throws -> Finding {
        let path = options.databasePath
        let reader: StoreReader
        switch Result(catching: { () throws(StoreError) in try options.openReader() }) {
        case .success(let opened):
            reader = opened
        case .failure(.lost(let place)):
            let loss = StoreError.lost(path: place).description
            return Finding(subject: "database", isGood: false, text: loss)
        case .failure(.missing):
            return Finding(
                subject: "database", isGood: true,
                text: "\(path) does not exist yet; import makes it, and it knows of no calls made from another one")
        case .failure(let error):
            throw error
        }
        guard try reader.campaigns().contains(where: { $0.name == campaign }) else {
            return Finding(subject: "database", isGood: true, text: "\(path) is sound; \(campaign) is not imported yet")
        }
        if let staleness = reader.staleness {
            return Finding(subject: "database", isGood: false, text: staleness.description)
        }
        let counts = try reader.counts(campaign: campaign)
        let holder = WriterLock.holding(ofDatabase: path)
        let use = holder == .nobody ? "" : "; in use by \(holder)"
        return Finding(
            subject: "database", isGood: true,
            text: "\(path) is sound; \(counts.total.counted("contact")), \(counts.ready) to be called\(use)")
    }
}

/// One thing that was looked at.
private struct Finding: Encodable {
    var subject: String
    var isGood: Bool
    var text: String
    /// Of a list alone: whether its file is another than the one that was imported.
    var hasChanged: Bool?
    /// Of a list alone: whether its file is no longer there.
    var isMissing: Bool?

    init(subject: String, isGood: Bool, text: String) {
        self.subject = subject
        self.isGood = isGood
        self.text = text
    }

    /// A changed list is worth knowing, and no fault.
    init(_ list: ListStatus) {
        let changed = list.hasChanged ? "has changed since it was imported" : "is as it was imported"
        let state = list.isMissing ? "is no longer there; it was imported" : changed
        self.init(subject: "list", isGood: true, text: "\(list.file) \(state) at \(TimeText.iso(list.importedAt))")
        hasChanged = list.hasChanged
        isMissing = list.isMissing
    }

    init(_ health: InstanceHealth, of instance: String) {
        subject = "instance \(instance)"
        switch health {
        case .connected: (isGood, text) = (true, "connected")
        case .disconnected(let why): (isGood, text) = (false, "disconnected: \(why)")
        case .misconfigured(let why): (isGood, text) = (false, "refused by Z-API: \(why)")
        case .unreachable(let why): (isGood, text) = (false, "unreachable: \(why)")
        }
    }

    var line: String { "\(isGood ? "ok  " : "BAD ") \(subject): \(text)" }
}
