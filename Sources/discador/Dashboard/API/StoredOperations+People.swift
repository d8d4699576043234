import CampaignCore
import CampaignStore
import Dashboard
import HTTPTypes

/// What the API does about single people.
extension StoredOperations {
    func retry(
        _ campaign: String, where expression: String, seenAt: Timestamp?, by actor: Actor
    ) async throws -> APIReply {
        let seenAt = CalledSince.moment(seenAt)
        return try await APIFailure.translating {
            let filter = try await reads { reader in
                try reader.requireCampaign(campaign)
                return try reader.filter(expression, of: campaign)
            }
            guard let filter else { throw RequestRefusal("where", "Write an expression such as state = failed.") }
            try await finishCancel(of: campaign, by: actor)
            let totals = try await operations.perform(
                RetryContacts(campaign: campaign, filter: filter, seenAt: seenAt), by: actor)
            return try Self.reply(
                RetriedDocument(
                    campaign: campaign, requeued: totals.requeued, refused: totals.refused,
                    calledSince: totals.calledSince))
        }
    }

    func resolve(
        _ campaign: String, _ doubts: APIDoubts, as resolution: APIResolution, seenAt: Timestamp?, by actor: Actor
    ) async throws -> APIReply {
        let seenAt = CalledSince.moment(seenAt)
        return try await APIFailure.translating {
            let choice = try await reads { reader in
                try reader.requireCampaign(campaign)
                return try Self.choice(doubts, reader, of: campaign)
            }
            let how: CampaignStore.Resolution
            switch resolution {
            case .called: how = .called
            case .notCalled: how = .notCalled
            }
            if how == .notCalled { try await finishCancel(of: campaign, by: actor) }
            let done = try await operations.perform(
                ResolveDoubts(campaign: campaign, doubts: choice, resolution: how, seenAt: seenAt), by: actor)
            return try Self.reply(
                ResolvedDocument(
                    campaign: campaign, resolved: done.resolved, excluded: done.excluded, notInDoubt: done.notInDoubt,
                    calledSince: done.calledSince))
        }
    }

    private static func choice(_ doubts: APIDoubts, _ reader: StoreReader, of campaign: String) throws -> DoubtChoice {
        switch doubts {
        case .all: return .all
        case .phones(let phones): return .numbers(try phones.map { try APIPhone.number($0, field: "phones") })
        case .matching(let expression):
            guard let filter = try reader.filter(expression, of: campaign) else { return .numbers([]) }
            return .matching(filter)
        }
    }

    func decide(reply id: Int64, as decision: APIDecision, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            let word: ReplyDecision
            switch decision {
            case .block: word = .blocked
            case .dismiss: word = .dismissed
            }
            let chosen = try await reads { reader in
                var choice = ReplyChoice()
                choice.ids = [id]
                return try ChosenReplies(reader, choice, ids: [id])
            }
            guard chosen.missing.isEmpty else { throw DashboardError.unknownReply }
            var report = DecisionReport(word, chosen)
            if !chosen.waiting.isEmpty {
                report.note(
                    try await operations.perform(
                        DecideReplies(replies: [id], decision: word, user: actor.name), by: actor))
            }
            if let error = report.error { throw DashboardError(.conflict, "decided-otherwise", error) }
            return try Self.reply(report)
        }
    }

    func block(_ phone: String, reason: String, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            let number = try APIPhone.number(phone, field: "phone")
            let totals = try await operations.perform(AddBlocks(numbers: [number], reason: reason), by: actor)
            return try Self.reply(
                BlockedDocument(phone: number.text, wasBlocked: totals.added == 0, excluded: totals.excluded))
        }
    }

    func unblock(_ phone: String, requeues: Bool, isConfirmed: Bool, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            let number = try APIPhone.number(phone, field: "phone")
            let warnings = try await reads { try Self.warnings(of: number, $0) }
            guard let warnings else {
                throw DashboardError(
                    .notFound, "not-blocked",
                    Phrase("The number is not on the do-not-call list.", "O número não está na lista de não ligar."))
            }
            guard isConfirmed || warnings.all.isEmpty else {
                throw Self.needsConfirmation(warnings, isConfirmed: false)
            }
            // Unconfirmed, nothing may speak against it when it is removed either.
            let known = isConfirmed ? warnings.known : RemovalObjections()
            let totals = try await operations.perform(
                RemoveBlocks(numbers: [number], requeues: requeues, known: known), by: actor)
            guard totals.kept.isEmpty else {
                let fresh = try await reads { try Self.warnings(of: number, $0) }
                throw Self.needsConfirmation(fresh ?? warnings, isConfirmed: isConfirmed)
            }
            return try Self.reply(
                UnblockedDocument(
                    removed: totals.removed.map(\.text), excluded: totals.excluded, requeued: totals.requeued))
        }
    }

    /// What speaks against removing a number from the list, as `block remove` says; nil when it is not on it.
    private static func warnings(of number: PhoneNumber, _ reader: StoreReader) throws -> RemovalWarnings? {
        guard try !reader.blocks(ofPersonWith: number).isEmpty else { return nil }
        return try RemovalWarnings(reader, of: [number], LocalClock.machine)
    }

    /// - Parameter isConfirmed: whether the request was confirmed, and something has come since it began.
    private static func needsConfirmation(_ warnings: RemovalWarnings, isConfirmed: Bool) -> DashboardError {
        let remedy =
            isConfirmed
            ? Phrase(
                " Nothing was changed, since that came during this request: repeat it to remove the number nevertheless.",
                " Nada foi alterado, pois isso chegou durante este pedido: repita-o para retirar mesmo assim.")
            : Phrase(
                " Nothing was changed: add confirm=true to remove the number nevertheless.",
                " Nada foi alterado: acrescente confirm=true para retirar mesmo assim.")
        return DashboardError(.conflict, "needs-confirmation", warnings.all.joined(separator: " ") + remedy)
    }
}
