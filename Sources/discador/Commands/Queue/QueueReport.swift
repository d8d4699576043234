import CampaignCore
import CampaignStore
import ZAPI

/// What is waiting for a campaign at Z-API, and what was done about it.
struct QueueReport {
    let campaign: String
    var queues: [InstanceQueue] = []
    /// Numbers whose doubts were resolved because their calls are among the items.
    var resolved: [PhoneNumber] = []
    /// The process that writes to the database; nil when this one does.
    var holder: Phrase?
    /// Nil when nothing was to be cleared.
    var cleared: [ClearedItem]?

    init(campaign: String) {
        self.campaign = campaign
    }

    /// The exit code when a queue could not be read.
    var exit: ExitStatus { queues.map(\.exit).first { $0 != .success } ?? .success }

    /// The items that may be removed from a queue: the calls of this campaign, or of all campaigns of the database.
    func clearable(in queue: InstanceQueue, ofAllCampaigns: Bool) -> [InstanceQueue.Item] {
        queue.known.filter { $0.isOurCall && (ofAllCampaigns || $0.owner?.campaign == campaign) }
    }

    /// The items of a queue that are not removed, and why.
    func leftAlone(in queue: InstanceQueue, ofAllCampaigns: Bool) -> [ClearedItem] {
        let clearable = Set(clearable(in: queue, ofAllCampaigns: ofAllCampaigns).map(\.call.zaapId))
        return queue.known.filter { !clearable.contains($0.call.zaapId) }.map { item in
            ClearedItem(instance: queue.instance, item: item, fate: .leftAlone(item.otherOwner))
        }
    }

    // MARK: For people

    var lines: [Phrase] {
        var lines = queues.flatMap(\.lines)
        if !resolved.isEmpty {
            let count = resolved.count
            lines.append(
                Phrase(
                    "\(count) in doubt resolved as accepted, because their calls are in the queue: ",
                    count == 1
                        ? "1 dúvida resolvida como aceita, porque a ligação está na fila: "
                        : "\(count) dúvidas resolvidas como aceitas, porque as ligações estão na fila: ")
                    + Phrase(verbatim: resolved.map(\.text).joined(separator: ", ") + "."))
        }
        if let holder {
            lines.append(
                Phrase(
                    "\(holder.english) holds the database, so nothing was resolved here: "
                        + "a run resolves the doubts it finds there automatically.",
                    "O banco de dados está em uso \(Phrase.by(holder).portuguese), por isso nada foi resolvido aqui: uma execução "
                        + "resolve sozinha as dúvidas que encontra na fila."))
        }
        return lines
    }

    func clearedLines(_ suggested: SuggestedCommands) -> [Phrase] {
        guard let cleared else { return [] }
        let ready = cleared.count { $0.fate == .ready }
        var lines = cleared.compactMap(\.line)
        if ready > 0 {
            lines.append(
                Phrase.counted(ready, .call)
                    + Phrase(
                        " \(ready.noun("was", "were")) removed and can be dialed again: ",
                        ready.noun(
                            " foi tirada da fila e pode ser feita de novo: ",
                            " foram tiradas da fila e podem ser feitas de novo: "))
                    + Phrase(verbatim: "`\(suggested.command("run", campaign))`."))
        }
        return lines
    }
}

extension QueueReport: Encodable {
    private enum CodingKeys: CodingKey {
        case campaign, instances, resolved, holder, cleared
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaign, forKey: .campaign)
        try container.encode(queues, forKey: .instances)
        try container.encode(resolved.map(\.text), forKey: .resolved)
        try container.encode(holder?.english, forKey: .holder)
        try container.encode(cleared, forKey: .cleared)
    }
}

/// Reads the queues of a campaign's instances, and resolves the doubts that it finds there.
struct QueueInspector {
    let campaign: String
    let instances: [Instance]
    /// How long a call of the campaign rings, for contacts without their own duration.
    let seconds: Int
    let client: ZAPIClient
    let reader: StoreReader
    /// Nil when another process writes to the database: then nothing is resolved here.
    let store: CampaignStore?

    func inspect() async throws -> QueueReport {
        var report = QueueReport(campaign: campaign)
        for answer in await answers() {
            let found = (try? answer.queued.get()) ?? []
            let instance = instances[answer.index]
            if let store, !found.isEmpty {
                report.resolved += try await store.resolveDoubts(
                    foundIn: found, instance: instance.id, campaign: campaign, ringing: seconds)
            }
            // After resolving, which assigns owners to calls.
            let owners = try reader.owners(
                ofCalls: found.filter(\.hasCallId).map(\.shownId), instance: instance.id)
            report.queues.append(
                InstanceQueue(
                    instance: instance.name, index: answer.index, health: answer.health,
                    items: answer.queued.map {
                        $0.map { InstanceQueue.Item(call: $0, owner: $0.hasCallId ? owners[$0.shownId] : nil) }
                    }))
        }
        return report
    }

    /// What one instance answers. Structs rather than tuples: of a tuple that a task returns with an error in it, the
    /// optimizer of Swift 6.3.1 loses the other
    /// half, and the program crashes where that is read.
    private struct Answer {
        var index: Int
        var health: InstanceHealth
        var queued: Result<[ProviderQueueItem], ProviderError>
    }

    /// The answers of all instances; requested concurrently, so that one that does not answer does not delay the
    /// others.
    private func answers() async -> [Answer] {
        await withTaskGroup(of: Answer.self) { group in
            for index in instances.indices {
                group.addTask {
                    let health = await client.health(of: index)
                    return Answer(index: index, health: health, queued: await queued(of: index))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.index < $1.index }
        }
    }

    private func queued(of index: Int) async -> Result<[ProviderQueueItem], ProviderError> {
        do throws(ProviderError) {
            return .success(try await client.queued(of: index))
        } catch {
            return .failure(error)
        }
    }
}
