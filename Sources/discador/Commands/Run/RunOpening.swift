import CampaignCore
import CampaignStore
import Foundation

/// The sentence that a run begins with: who is called, how many, through which instances, and until when.
struct RunOpening {
    /// More instances than this are not named one by one.
    private static let maxNames = 4

    private let campaign: Campaign
    private let counts: StateCounts
    /// When the first call may begin; nil when the window does not open.
    private let begins: Timestamp?
    /// When the last call is forecast to end; nil when that depends on how fast Z-API replies.
    private let ends: Timestamp?
    /// Whether the contacts are in different time zones, and each is called by their own clock.
    private let hasSeveralClocks: Bool

    /// Nil when nobody is about to be called: the campaign is unknown, paused, or being cancelled.
    init?(_ reader: StoreReader, of campaign: Campaign, now: Timestamp, uptime: Uptime) {
        guard let counts = try? reader.counts(campaign: campaign.name),
            let activity = try? reader.activity(campaign: campaign.name), activity.pause == nil,
            !activity.isBeingCancelled
        else { return nil }
        let clocks = (try? ContactClocks(reader, of: campaign, now: now)) ?? nil
        self.init(
            campaign, counts,
            begins: clocks.map(\.start)
                ?? campaign.calendar.nextStart(atOrAfter: now, needing: campaign.roomForAnyCall),
            ends: RunForecast(campaign: campaign, reader: reader).end(now: now, uptime: uptime),
            hasSeveralClocks: clocks.map { $0.groups.count > 1 } ?? false)
    }

    init(
        _ campaign: Campaign, _ counts: StateCounts, begins: Timestamp?, ends: Timestamp?,
        hasSeveralClocks: Bool = false
    ) {
        self.hasSeveralClocks = hasSeveralClocks
        self.campaign = campaign
        self.counts = counts
        self.begins = begins
        self.ends = ends
    }

    func phrase(now: Timestamp) -> Phrase {
        let waiting = counts.ready + counts.dialing
        guard waiting > 0 else {
            return Phrase(
                "\(campaign.name): nobody is waiting to be called.", "\(campaign.name): ninguém aguarda ligação.")
        }
        let calls = Phrase(
            "\(campaign.name): \(waiting) of \(counts.total.counted("contact")) to call",
            "\(campaign.name): \(waiting) de \(Language.portuguese.counted(counts.total, .contact)) para ligar")
        return calls + Phrase(" through ", " por ") + instances + times(now)
    }

    private var instances: Phrase {
        let names = campaign.instances.map(\.name)
        guard names.count > Self.maxNames else { return .list(names) }
        return .counted(names.count, .instance)
    }

    /// `, beginning tomorrow 09:00, until about 15:42 (times: America/Sao_Paulo).`
    private func times(_ now: Timestamp) -> Phrase {
        func clock(_ moment: Timestamp) -> Phrase {
            // The zone is named at the end.
            Phrase {
                TimeText.clock(moment, now: now, in: campaign.timeZone, local: campaign.timeZone, language: $0)
            }
        }
        let start = begins.flatMap { $0 > now ? Phrase(", beginning ", ", a partir de ") + clock($0) : nil }
        let end = ends.map { Phrase(", until about ", ", até por volta de ") + clock($0) }
        let times = [start, end].compactMap(\.self)
        let clocks =
            hasSeveralClocks
            ? Phrase(
                " The contacts are in several time zones: each is called by their own clock.",
                " Os contatos estão em mais de um fuso horário: para cada um se liga no horário dele.")
            : Phrase(verbatim: "")
        guard !times.isEmpty else { return Phrase(verbatim: ".") + clocks }
        return times.joined(separator: "") + Phrase(verbatim: " (") + LocalClock(campaign.timeZone).name
            + Phrase(verbatim: ").") + clocks
    }
}
