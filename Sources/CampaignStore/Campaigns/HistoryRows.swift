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
        // By rowid.
        let before = try String.fetchOne(
            db, sql: "SELECT activity FROM campaign_row WHERE id = :campaign", arguments: ["campaign": campaign])
        let wasShut = before == RunActivity.Word.window.rawValue
        let isShut = activity.word == .window
        guard wasShut != isShut else { return }
        try note(db, isShut ? .shut : .open, until: activity.until, campaign: campaign, at: now)
    }

    /// All of it, in order.
    static func history(_ db: Database, campaign: Int64) throws -> CampaignHistory {
        var history = CampaignHistory()
        var pause: Timestamp?
        var shut: (from: Timestamp, until: Timestamp?)?
        func endShut(_ moment: Timestamp?) {
            guard let begun = shut else { return }
            // A run that ended while it waited has told when the window would open.
            let end = [moment, begun.until].compactMap(\.self).min()
            history.spans.append(CampaignHistory.Span(.shut, from: begun.from, to: end))
            shut = nil
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
                endShut(at)
                shut = (at, StoredValue.moment(try row.decode(atIndex: 2)))
            case .open: endShut(at)
            }
        }
        endShut(nil)
        if let from = pause { history.spans.append(CampaignHistory.Span(.paused, from: from, to: nil)) }
        history.spans.sort { ($0.from, $0.cause.rawValue) < ($1.from, $1.cause.rawValue) }
        return history
    }
}
