import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Dashboard

/// What pages do with a campaign as a whole: as the commands do it, in the process that dials.
struct CampaignPilot: CampaignSteering {
    let operations: DashboardOperations
    let session: DialingSession
    let reads: StoreReads
    let environmentFile: String?

    func start(_ campaign: String, canary: Int?, by actor: Actor) async throws -> Phrase {
        let file = try await file(of: campaign)
        let loaded = try await reads.blocking {
            try CampaignFile.load(
                file, environmentFile: environmentFile, environment: SystemEnvironment.environment)
        }
        var request = DialRequest(loaded, options: RunOptions(canary: canary), isDetached: true)
        request.by = actor
        switch await session.start(request) {
        case nil:
            return Phrase("\(campaign) is being dialed.", "\(campaign) está sendo discada.")
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
            return Phrase("\(campaign) is done.", "\(campaign) terminou.")
        case .handedOver?:
            throw Failure(.held, Phrase("The service is stopping.", "O serviço está parando."))
        }
    }

    func stop(_ campaign: String, by actor: Actor) async throws -> Phrase {
        try await requireKnown(campaign)
        _ = try await operations.perform(StopCampaign(campaign: campaign), by: actor)
        return Phrase(
            "The run of \(campaign) has ended; start it again whenever you like.",
            "A execução de \(campaign) terminou; inicie de novo quando quiser.")
    }

    func pause(_ campaign: String, by actor: Actor) async throws -> Phrase {
        try await requireKnown(campaign)
        let pause = CampaignPause(
            since: SystemEnvironment.now(), user: actor.name, command: "\(actor.kind.rawValue): pause \(campaign)")
        let outcome = try await operations.perform(PauseCampaign(campaign: campaign, pause: pause), by: actor)
        return outcome.pause == pause
            ? Phrase(
                "\(campaign) is paused: no call is placed until it is resumed.",
                "\(campaign) está pausada: nenhuma ligação é feita até que seja retomada.")
            : Phrase("\(campaign) has been paused ", "\(campaign) já estava pausada ") + outcome.pause.phrase
    }

    func resume(_ campaign: String, by actor: Actor) async throws -> Phrase {
        try await requireKnown(campaign)
        let outcome = try await operations.perform(ResumeCampaign(campaign: campaign), by: actor)
        if let obstacle = outcome.obstacle {
            throw Failure(
                obstacle.exit,
                Phrase(
                    "\(campaign) is no longer paused, but it cannot be dialed: ",
                    "\(campaign) não está mais pausada, mas não pode ser discada: ") + obstacle.message)
        }
        return outcome.isDialed
            ? Phrase("\(campaign) goes on.", "\(campaign) continua.")
            : Phrase(
                "\(campaign) is no longer paused; start it to call.",
                "\(campaign) não está mais pausada; inicie para ligar.")
    }

    func cancel(_ campaign: String, by actor: Actor) async throws -> Phrase {
        try await requireKnown(campaign)
        let outcome = try await operations.perform(CancelCampaign(campaign: campaign), by: actor)
        return Phrase.counted(outcome.cancelled, .contact)
            + Phrase(" of \(campaign) will not be called.", " de \(campaign): sem ligação.")
    }

    private func file(of campaign: String) async throws -> String {
        guard let entry = try await reads.quick({ try $0.campaigns().first { $0.name == campaign } }) else {
            throw DashboardError.noCampaign(campaign)
        }
        return entry.file
    }

    private func requireKnown(_ campaign: String) async throws { _ = try await file(of: campaign) }
}
