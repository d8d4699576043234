import CampaignCore
import CampaignStore
import Dashboard

/// What the API shows of everything that belongs to no one campaign.
extension StoredAPI {
    func replies(_ choice: ReplyQuery, _ page: APIPage) async throws -> [UInt8] {
        try await document { reader in
            if let campaign = choice.campaign { try reader.requireCampaign(campaign) }
            let found = try reader.replyPage(
                ReplyChoice(campaign: choice.campaign, isUndecided: choice.isUndecided), before: Self.row(page.cursor),
                limit: page.limit)
            return RepliesDocument(
                replies: found.entries.map(ReplyDocument.init), next: found.before.map { "\($0)" })
        }
    }

    func blocks(phone: String?, _ page: APIPage) async throws -> [UInt8] {
        try await document { [cursors] reader in
            if let phone {
                let number = try APIPhone.number(phone, field: "phone")
                return BlocksDocument(blocks: try [reader.block(of: number)].compactMap(\.self).map(BlockDocument.init))
            }
            let last = try page.cursor.map { try cursors.number($0) }
            let found = try reader.blocks(after: last, limit: page.limit)
            let isMore = found.count == page.limit
            return BlocksDocument(
                blocks: found.map(BlockDocument.init),
                next: try isMore ? found.last.map { try cursors.text(of: $0.phone) } : nil)
        }
    }

    func instances() async throws -> [UInt8] {
        try await document { reader in
            let (now, uptime) = (SystemEnvironment.now(), SystemEnvironment.uptime())
            let moment = LimitClock.moment(
                wall: now, uptime: uptime, believedOffset: try reader.believedOffset(boot: uptime.boot))
            let hearing = try reader.hearing(now: now)
            var found: [(id: String, document: InstanceDocument)] = []
            for campaign in try reader.campaigns().map(\.name) {
                let calendar = WindowCalendar(window: nil, zone: try reader.clock(of: [campaign]).zone)
                for status in try reader.instances(campaign: campaign, now: now) {
                    if let known = found.firstIndex(where: { $0.id == status.id }) {
                        found[known].document.campaigns.append(campaign)
                        continue
                    }
                    let report = InstanceReport(status, calendar: calendar, moment: moment)
                    let heard = hearing.first { $0.instance == status.id }
                    found.append((status.id, InstanceDocument(report: report, heard: heard, campaigns: [campaign])))
                }
            }
            return InstancesDocument(instances: found.map(\.document))
        }
    }

    func events(state: String?, _ page: APIPage) async throws -> [UInt8] {
        try await document { reader in
            let found = try reader.eventPage(
                in: state.flatMap(EventState.init), of: nil, before: Self.row(page.cursor), limit: page.limit)
            return EventsDocument(
                events: found.entries.map(EventDocument.init), next: found.before.map { "\($0)" })
        }
    }

    func actions(of campaign: String?, _ page: APIPage) async throws -> [UInt8] {
        try await document { reader in
            if let campaign { try reader.requireCampaign(campaign) }
            let found = try reader.actions(
                campaign: campaign, before: Self.row(page.cursor), limit: page.limit)
            let isMore = found.count == page.limit
            return ActionsDocument(
                actions: found.map(ActionDocument.init), next: isMore ? found.last.map { "\($0.id)" } : nil)
        }
    }

    /// The row before which a page begins.
    private static func row(_ cursor: String?) throws -> Int64? {
        guard let cursor else { return nil }
        guard let row = Int64(cursor), row > 0 else { throw APIFailure.unknownCursor }
        return row
    }
}
