import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Dashboard
import HTTPTypes

/// What the API does: the operations of the commands, in the process that dials.
struct StoredOperations: APIOperations {
    let operations: DashboardOperations
    let session: DialingSession
    let reads: StoreReads
    let options: GlobalOptions
    let environmentFile: String?

    func start(_ campaign: String, canary: Int?, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            let loaded = try await load(campaign, needsSecrets: true)
            var request = DialRequest(loaded, options: RunOptions(canary: canary), isDetached: true)
            request.by = actor
            let wasDialed = await session.isDialing(campaign)
            switch await session.start(request) {
            case nil:
                return try Self.reply(StartedDocument(campaign: campaign, isDialed: true, wasDialed: wasDialed), 202)
            case .failed(let failure)?: throw failure
            case .paused(let pause)?:
                throw Failure(
                    .notNow,
                    Phrase("\(campaign) is paused ", "\(campaign) está pausada ") + pause.phrase
                        + Phrase(": resume it first.", ": retome primeiro."))
            case .ended(let report)?:
                if let reason = report.end.lastingReason(of: loaded.campaign, SuggestedCommands()) {
                    throw Failure(ExitStatus(report), reason)
                }
                // There was nobody left to call.
                return try Self.reply(StartedDocument(campaign: campaign, isDialed: false, wasDialed: wasDialed), 202)
            case .handedOver?:
                throw DashboardError(
                    .serviceUnavailable, "stopping", Phrase("The service is stopping.", "O serviço está parando."))
            }
        }
    }

    func pause(_ campaign: String, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            try await requireCampaign(campaign)
            let pause = CampaignPause(
                since: SystemEnvironment.now(), user: actor.name, command: "\(actor.kind.rawValue): pause \(campaign)")
            let outcome = try await operations.perform(PauseCampaign(campaign: campaign, pause: pause), by: actor)
            return try Self.reply(PausedDocument(campaign, outcome, asked: pause))
        }
    }

    func resume(_ campaign: String, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            try await requireCampaign(campaign)
            let outcome = try await operations.perform(ResumeCampaign(campaign: campaign), by: actor)
            return try Self.reply(ResumedDocument(campaign, outcome))
        }
    }

    func cancel(_ campaign: String, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            try await requireCampaign(campaign)
            let outcome = try await operations.perform(CancelCampaign(campaign: campaign), by: actor)
            return try Self.reply(CancelledDocument(campaign: campaign, cancelled: outcome.cancelled))
        }
    }

    /// The campaign as its file describes it.
    ///
    /// - Parameter needsSecrets: whether somebody will be called.
    func load(_ campaign: String, needsSecrets: Bool) async throws -> LoadedCampaign {
        try await reads { [environmentFile] reader in
            guard let entry = try reader.campaigns().first(where: { $0.name == campaign }) else {
                throw APIFailure.unknownCampaign
            }
            return try CampaignFile.load(
                entry.file, environmentFile: environmentFile, environment: SystemEnvironment.environment,
                needsSecrets: needsSecrets)
        }
    }

    func requireCampaign(_ name: String) async throws { try await reads.quick { try $0.requireCampaign(name) } }

    /// Completes a cancel that was cut off, before contacts are added or wait again: whoever was cancelled stays so.
    func finishCancel(of campaign: String, by actor: Actor) async throws {
        guard try await reads.quick({ try $0.isBeingCancelled(campaign: campaign) }) else { return }
        _ = try await operations.perform(CancelCampaign(campaign: campaign), by: actor)
    }

    static func reply(_ document: some Encodable, _ status: Int = 200) throws -> APIReply {
        APIReply(
            status: status, body: [UInt8](try JSONFormat.document(JSONDocument(content: document), onOneLine: true)))
    }
}
