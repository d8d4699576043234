import CampaignCore

/// What holds for the calls over time (``SeriesSchema``) in every sound database.
enum SeriesRules {
    /// SQL that counts the sums that are wrong: those of all time must be what the attempts say, the hours must add up to
    /// them, and no hour has fewer calls than its minutes. Where a campaign is being deleted, some of each may be gone.
    static var wrong: String {
        """
        SELECT (SELECT count(*) FROM (\(differences(between: allTime, and: attempts))))
            + (SELECT count(*) FROM (\(differences(between: spans(0), and: spans(60)))))
            + (SELECT count(*) FROM (\(hoursBelowTheirMinutes)))
        """
    }

    /// The campaigns and instances of which two lists of figures say different things.
    private static func differences(between one: String, and other: String) -> String {
        let differ = CallSums.columns.map { "total(\($0)) <> 0" }.joined(separator: " OR ")
        let negative = CallSums.columns.map { "-\($0)" }.joined(separator: ", ")
        return """
            SELECT 1 FROM (
                \(one)
                UNION ALL SELECT campaign_id, instance_id, \(negative) FROM (\(other)))
            WHERE campaign_id NOT IN (SELECT campaign_id FROM deleted_campaign WHERE campaign_id IS NOT NULL)
            GROUP BY campaign_id, instance_id HAVING \(differ)
            """
    }

    /// As the attempts are now: doubts that were settled are accepted.
    private static var allTime: String {
        let figures = CallSums.columns.map { column in
            switch column {
            case AttemptOutcome.accepted.rawValue: "accepted + settled AS accepted"
            case AttemptOutcome.inDoubt.rawValue: "in_doubt - settled AS in_doubt"
            case settled: "0 AS settled"
            default: column
            }
        }
        return "SELECT campaign_id, instance_id, \(figures.joined(separator: ", ")) FROM call_series WHERE span = 0"
    }

    private static let settled = "settled"

    private static var attempts: String {
        let outcomes = AttemptOutcome.allCases.map {
            "count(*) FILTER (WHERE outcome = '\($0.rawValue)') AS \($0.rawValue)"
        }
        let others = [
            "0 AS \(settled)", "count(*) FILTER (WHERE attempt.delivery = 'delivered') AS delivered",
            "count(*) FILTER (WHERE attempt.answer = 'answered') AS answered",
            "count(*) FILTER (WHERE attempt.answer = 'not_answered') AS not_answered", "count(latency_ms) AS timed",
            "ifnull(sum(latency_ms), 0) AS latency_ms",
        ]
        return """
            SELECT campaign_id, instance_id, \((outcomes + others).joined(separator: ", "))
            FROM attempt JOIN contact_row AS contact ON contact.id = attempt.contact_id GROUP BY campaign_id, instance_id
            """
    }

    private static func spans(_ span: Int) -> String {
        let columns = CallSums.columns.joined(separator: ", ")
        return "SELECT campaign_id, instance_id, \(columns) FROM call_series WHERE span = \(span)"
    }

    private static var hoursBelowTheirMinutes: String {
        let calls = AttemptOutcome.allCases.map(\.rawValue).joined(separator: " + ")
        return """
            SELECT 1 FROM (
                SELECT campaign_id, instance_id, start / 60 AS hour, sum(\(calls)) AS calls FROM call_series
                WHERE span = 1 GROUP BY campaign_id, instance_id, start / 60) AS minutes
            LEFT JOIN call_series AS hours ON hours.campaign_id = minutes.campaign_id AND hours.span = 60
                AND hours.start = minutes.hour * 60 AND hours.instance_id = minutes.instance_id
            WHERE minutes.calls > ifnull(\(calls), 0)
            """
    }
}
