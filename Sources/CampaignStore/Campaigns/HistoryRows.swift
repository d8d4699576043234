import CampaignCore
import Foundation
import GRDB

/// What happened to campaigns as a whole, for reports.
enum HistoryRows {
    enum Change: String {
        case settings, paused, resumed, shut, open
    }

    /// Records the settings of a run that begins, if they are others than those of the run before.
    static func note(_ db: Database, settings: [CampaignSetting], campaign: Int64, at now: Timestamp) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(settings), as: UTF8.self)
        // history_by_campaign, from its end.
        let last = try String.fetchOne(
            db,
            sql: """
                SELECT settings FROM campaign_history WHERE campaign_id = :campaign AND change = 'settings'
                ORDER BY id DESC LIMIT 1
                """,
            arguments: ["campaign": campaign])
        guard last != text else { return }
        try db.execute(
            sql: """
                INSERT INTO campaign_history (campaign_id, at, change, settings)
                VALUES (:campaign, :now, 'settings', :settings)
                """,
            arguments: ["campaign": campaign, "now": now.milliseconds, "settings": text])
    }

    /// The newest settings. history_by_campaign, from its end.
    static func lastSettings(_ db: Database, campaign: Int64) throws -> CampaignHistory.Settings? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT at, settings FROM campaign_history WHERE campaign_id = :campaign AND change = 'settings'
                ORDER BY id DESC LIMIT 1
                """, arguments: ["campaign": campaign])
        return try row.map(Self.settings)
    }

    private static func settings(_ row: Row) throws -> CampaignHistory.Settings {
        let text: String = try row.decode(atIndex: 1)
        return CampaignHistory.Settings(
            from: Timestamp(milliseconds: try row.decode(atIndex: 0)),
            list: try JSONDecoder().decode([CampaignSetting].self, from: Data(text.utf8)))
    }

    static func note(
        _ db: Database, _ change: Change, until: Timestamp? = nil, campaign: Int64, at now: Timestamp
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO campaign_history (campaign_id, at, change, until) VALUES (:campaign, :now, :change, :until)
                """,
            arguments: [
                "campaign": campaign, "now": now.milliseconds, "change": change.rawValue,
                "until": change == .shut ? until?.milliseconds : nil,
            ])
    }

    /// Records that a run begins or stops waiting for its window, before its activity is changed.
    static func note(_ db: Database, next activity: RunActivity, campaign: Int64, at now: Timestamp) throws {
        let isShut = activity.word == .window
        guard try isWaiting(db, campaign: campaign) != isShut else { return }
        try note(db, isShut ? .shut : .open, until: activity.until, campaign: campaign, at: now)
    }

    /// Records that a run waits for its window no longer because it is over, before its activity is removed.
    static func noteEndOfWait(_ db: Database, campaign: Int64, at now: Timestamp) throws {
        guard try isWaiting(db, campaign: campaign) else { return }
        try note(db, .open, campaign: campaign, at: now)
    }

    /// Whether a run waits for its window, by its activity. By rowid.
    private static func isWaiting(_ db: Database, campaign: Int64) throws -> Bool {
        let activity = try String.fetchOne(
            db, sql: "SELECT activity FROM campaign_row WHERE id = :campaign", arguments: ["campaign": campaign])
        return activity == RunActivity.Word.window.rawValue
    }

    /// All of it, in order.
    ///
    /// - Parameter calls: when calls of the campaign began. A run that just ended while it waited has not told when it
    ///   did: its wait ends with the next call at the latest.
    static func history(_ db: Database, campaign: Int64, calls: () throws -> [Timestamp]) throws -> CampaignHistory {
        var history = CampaignHistory()
        var pause: Timestamp?
        var shut: (from: Timestamp, until: Timestamp?)?
        // The places of those waits among the spans whose end nobody has told.
        var untold: [Int] = []
        func endShut(_ moment: Timestamp?) {
            guard let begun = shut else { return }
            // A run that ended while it waited has told when the window would open.
            let end = [moment, begun.until].compactMap(\.self).min()
            history.spans.append(CampaignHistory.Span(.shut, from: begun.from, to: end))
            shut = nil
        }
        func endShutUntold(before moment: Timestamp?) {
            guard shut != nil else { return }
            untold.append(history.spans.count)
            endShut(moment)
        }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT at, change, until, settings FROM campaign_history WHERE campaign_id = :campaign ORDER BY at, id
                """,
            arguments: ["campaign": campaign])
        while let row = try rows.next() {
            let at = Timestamp(milliseconds: try row.decode(atIndex: 0))
            switch try StoredValue.word(row.decode(atIndex: 1)) as Change {
            case .settings:
                let text: String = try row.decode(atIndex: 3)
                let list = try JSONDecoder().decode([CampaignSetting].self, from: Data(text.utf8))
                history.settings.append(CampaignHistory.Settings(from: at, list: list))
            case .paused: pause = pause ?? at
            case .resumed:
                if let from = pause { history.spans.append(CampaignHistory.Span(.paused, from: from, to: at)) }
                pause = nil
            case .shut:
                endShutUntold(before: at)
                shut = (at, StoredValue.moment(try row.decode(atIndex: 2)))
            case .open: endShut(at)
            }
        }
        endShutUntold(before: nil)
        if !untold.isEmpty {
            let calls = try calls()
            for place in untold {
                let span = history.spans[place]
                guard let call = calls.filter({ $0 > span.from }).min() else { continue }
                history.spans[place].to = min(span.to ?? call, call)
            }
        }
        if let from = pause { history.spans.append(CampaignHistory.Span(.paused, from: from, to: nil)) }
        history.spans.sort { ($0.from, $0.cause.rawValue) < ($1.from, $1.cause.rawValue) }
        return history
    }
}
