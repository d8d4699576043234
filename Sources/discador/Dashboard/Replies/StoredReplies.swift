import CampaignCore
import CampaignStore
import Dashboard

/// The pages about replies, from the database.
struct StoredReplies: RepliesSource {
    /// Columns of a text that are shown.
    private static let shownWidth = 600
    private static let mostCampaigns = 200

    let reads: StoreReads
    let operations: DashboardOperations

    func replies(_ query: RepliesQuery, for viewer: Viewer) async throws -> ReplyList {
        try await reads { reader in
            var list = ReplyList()
            let clock = try viewer.clock(reader, of: query.campaign.map { [$0] } ?? [])
            let choice = ReplyChoice(campaign: query.campaign, isUndecided: !query.isAll)
            let page = try reader.replyPage(choice, before: query.before, limit: PeopleReading.pageSize)
            list.replies = page.entries.map { Self.reply($0, viewer, clock) }
            (list.before, list.isCutShort) = (page.before, page.isCutShort)
            list.campaigns = try reader.campaigns().prefix(Self.mostCampaigns).map(\.name)
            list.times = clock.name
            return list
        }
    }

    func waiting(_ ids: [Int64], for viewer: Viewer) async throws -> ReplyList {
        try await reads { reader in
            var list = ReplyList()
            var choice = ReplyChoice(isUndecided: true)
            choice.ids = ids
            let clock = try viewer.clock(reader)
            try reader.forEachReply(choice) { list.replies.append(Self.reply($0, viewer, clock)) }
            list.times = clock.name
            return list
        }
    }

    private static func reply(_ entry: ReplyEntry, _ viewer: Viewer, _ clock: LocalClock) -> ReplyList.Reply {
        // By its id, nobody is found who is not to be seen.
        let key = viewer.seesPhones && entry.campaign != nil && !entry.person.isForgotten ? entry.person.text : nil
        return ReplyList.Reply(
            id: entry.id, phone: viewer.shown(entry.person), key: key, campaign: entry.campaign,
            at: clock.text(entry.receivedAt), text: viewer.shown(entry.said(width: shownWidth)),
            reading: viewer.shown(entry.readingInWords), decision: entry.decision?.phrase(clock),
            isWaiting: entry.isUndecided)
    }

    func decide(_ ids: [Int64], as decision: ReplyDecision, by actor: Actor) async throws -> Phrase {
        let operation = DecideReplies(replies: ids, decision: decision, user: actor.name)
        let outcome = try await operations.perform(operation, by: actor)
        var report = DecisionReport(decision, ChosenReplies())
        report.note(outcome)
        return report.lines.joined(separator: " ")
    }
}

extension ReplyEntry {
    /// What it was taken for, and by which rule, in words.
    fileprivate var readingInWords: Phrase {
        let what =
            switch level {
            case .optOut: Phrase("asks for no more calls", "pede para não receber ligações")
            case .review: Phrase("may ask for no more calls", "talvez peça para não receber ligações")
            case .media: Phrase("only a person can tell", "só uma pessoa pode entender")
            case .none: Phrase("nothing of the kind", "nada disso")
            }
        return rule.isEmpty ? what : what + Phrase(verbatim: ": ") + Phrase(recorded: rule)
    }
}
