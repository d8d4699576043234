import CampaignCore
import CampaignStore

/// What `check` finds in the database.
struct DatabaseCheck {
    /// Of fewer calls, the answers may still come.
    private static let enoughCalls = 5

    let options: GlobalOptions

    /// Reads the whole database.
    func examine(_ worst: inout ExitStatus) throws -> [Finding] {
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
                text: "\(path): every page and value is sound, all totals add up\(spooled(reader))")
        ]
    }

    /// The spooled results; a user with read permission only may not be able to see them.
    @inline(never)  // see CheckCommand
    private func spooled(_ reader: StoreReader) -> String {
        do throws(StoreError) {
            let count = try reader.spooledResults()
            return count > 0
                ? "; \(count.counted("result")) beside it \(count.noun("waits", "wait")) for the next run" : ""
        } catch {
            return "; it is not known whether results beside it wait for the next run: \(error)"
        }
    }

    /// A remark, not an error, that the campaign is paused or being cancelled.
    func pauseFinding(_ campaign: String) throws -> Finding? {
        // A database that cannot be read has its own finding.
        guard let reader = try? options.openReader() else { return nil }
        if try reader.isBeingCancelled(campaign: campaign) {
            return Finding(
                subject: "cancel", isGood: true,
                text: "being cancelled: a run excludes the waiting contacts and places no call"
            )
        }
        return try reader.pause(campaign: campaign).map { pause in
            let resume = options.suggested().command("resume", campaign)
            return Finding(
                subject: "pause", isGood: true, text: "paused \(pause.text): a run places no call until `\(resume)`")
        }
    }

    /// What webhooks say is wrong with a campaign's instances: quarantine, or silence.
    func webhookFindings(of campaign: Campaign, _ suggested: SuggestedCommands) throws -> [Finding] {
        // A database that cannot be read has its own finding.
        guard let reader = try? options.openReader() else { return [] }
        let heard = try reader.hearing(now: SystemEnvironment.now())
        let clock = LocalClock.machine
        return campaign.instances.flatMap { instance in
            let hearing = heard.first { $0.instance == instance.id }
            let problems = [
                hearing?.restPhrase(of: campaign.name, suggested, clock)?.english,
                hearing?.silencePhrase(of: campaign.name, suggested, clock)?.english,
            ]
            return problems.compactMap(\.self).map {
                var finding = Finding(subject: "webhooks of \(instance.name)", isGood: false, text: $0)
                finding.instance = instance.name
                return finding
            }
        }
    }

    /// A warning that answers may never be told although the campaign needs them.
    func answersFinding(_ campaign: Campaign) throws -> Finding? {
        // A database that cannot be read has its own finding.
        guard campaign.redial != nil || campaign.perPerson?.unansweredInARow != nil,
            let reader = try? options.openReader(),
            let calls = try reader.callsWithoutAnswer(enough: Self.enoughCalls), calls >= Self.enoughCalls
        else { return nil }
        let key = campaign.redial == nil ? "perPerson.unansweredInARow never applies" : "nobody is redialed"
        return Finding(
            warning: "Z-API has told of calls that they went out, and never whether somebody answered: accounts "
                + "without its calls contract may never be told. Then \(key)", about: "answers")
    }

    /// Whether the database can be used for a campaign.
    func finding(of campaign: String) throws -> Finding {
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
                text:
                    "\(path) does not exist yet; import creates it, and it will not know of calls placed from "
                    + "another database"
            )
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
        let use = holder == .free ? "" : "; in use by \(holder)"
        return Finding(
            subject: "database", isGood: true,
            text: "\(path) is sound; \(counts.total.counted("contact")), \(counts.ready) to be called\(use)")
    }
}
