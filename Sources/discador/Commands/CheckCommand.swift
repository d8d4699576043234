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

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        let campaign = loaded.campaign
        var findings = [Finding(subject: "campaign file", isGood: true, text: "\(loaded.path) is valid")]
        findings.append(try databaseFinding(campaign.name))
        let line = ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, connections: 1, now: Surroundings.now)
        var worst = ExitStatus.success
        for index in campaign.instances.indices {
            let health = await line.health(of: index)
            findings.append(Finding(health, of: campaign.instances[index].name))
            switch health {
            case .connected: break
            case .disconnected, .misconfigured: worst = worst == .success ? .stopped : worst
            case .unreachable: worst = worst == .success ? .unreachable : worst
            }
        }
        try await line.shutdown()
        try options.output.result(json: findings)
        for finding in findings { options.output.result(finding.line) }
        if worst != .success { throw ExitCode(worst.rawValue) }
    }

    private func databaseFinding(_ campaign: String) throws -> Finding {
        let path = options.databasePath
        guard FileManager.default.fileExists(atPath: path) else {
            return Finding(subject: "database", isGood: true, text: "\(path) does not exist yet; import makes it")
        }
        let reader = try options.openReader()
        guard try reader.campaigns().contains(where: { $0.name == campaign }) else {
            return Finding(subject: "database", isGood: true, text: "\(path) is sound; \(campaign) is not imported yet")
        }
        let counts = try reader.counts(campaign: campaign)
        let holder = WriterLock.holder(ofDatabase: path).map { "; in use by \($0)" } ?? ""
        return Finding(
            subject: "database", isGood: true,
            text: "\(path) is sound; \(counts.total) contacts, \(counts.ready) to be called\(holder)")
    }
}

/// One thing that was looked at.
private struct Finding: Encodable {
    var subject: String
    var isGood: Bool
    var text: String

    init(subject: String, isGood: Bool, text: String) {
        self.subject = subject
        self.isGood = isGood
        self.text = text
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
