import CampaignCore
import Foundation
import GRDB

extension InstanceRows {
    /// How long a campaign's limits apply to others after its last run, unless it is active.
    private static let limitsHold = Duration.seconds(30 * 86_400)

    /// `stated_at` of an instance that a campaign used in an earlier run, and no longer does.
    static let isNotUsed: Int64 = -1

    // MARK: Limits

    /// Records what a campaign allows its instances from now on.
    static func enterLimits(_ db: Database, of start: RunStart, campaign: Int64, instances: [Int64]) throws {
        // The campaign no longer limits an instance that it no longer uses. Its row stays: it may have called numbers
        // through it (``isNewRecipient(_:_:_:)``).
        try db.execute(
            sql: "UPDATE instance_limit SET stated_at = \(isNotUsed) WHERE campaign_id = :campaign",
            arguments: ["campaign": campaign])
        for (instance, id) in zip(start.instances, instances) {
            try db.execute(
                sql: """
                    INSERT INTO instance_limit (campaign_id, instance_id, gap_ns, daily_cap, warmup, stated_at)
                    VALUES (:campaign, :instance, :gap, :cap, :warmup, :now)
                    ON CONFLICT (instance_id, campaign_id) DO UPDATE SET gap_ns = excluded.gap_ns,
                        daily_cap = excluded.daily_cap, warmup = excluded.warmup, stated_at = excluded.stated_at
                    """,
                arguments: [
                    "campaign": campaign, "instance": id, "gap": gap(of: instance.pace), "cap": instance.dailyCap,
                    "warmup": instance.warmup.isEmpty
                        ? nil : "[\(instance.warmup.map(String.init).joined(separator: ","))]",
                    "now": start.now.milliseconds,
                ])
        }
    }

    /// Tightens the limits of an instance by those of every campaign that shares it.
    ///
    /// - Parameter campaign: a campaign whose stored limits are ignored, since it states them anew; nil means none.
    static func tighten(
        _ db: Database, _ limits: inout InstanceLimits, row id: Int64, now: Timestamp, besides campaign: Int64? = nil
    ) throws {
        // By primary key; as many rows as campaigns share the instance.
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT gap_ns, daily_cap, warmup FROM instance_limit
                CROSS JOIN campaign_row ON campaign_row.id = campaign_id
                WHERE instance_id = :id AND stated_at <> \(isNotUsed) AND (stated_at >= :since OR is_active = 1)
                    AND campaign_id IS NOT :own
                """,
            arguments: [
                "id": id, "since": now.milliseconds - limitsHold.millisecondsRoundedUp, "own": campaign,
            ])
        for row in rows {
            limits.tighten(
                by: try stored(
                    gap: try row.decode(atIndex: 0), cap: try row.decode(atIndex: 1), warmup: try row.decode(atIndex: 2)
                ))
        }
    }

    /// The limits stored in a row's columns.
    static func stored(gap: Int64?, cap: Int?, warmup: String?) throws -> InstanceLimits {
        let ladder = try warmup.map { text in
            do {
                return try JSONDecoder().decode([Int].self, from: Data(text.utf8))
            } catch {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a warm-up ladder is unreadable")
            }
        }
        return InstanceLimits(
            paces: [pace(ofGap: gap)], dailyCap: cap, warmups: [ladder].compactMap(\.self).filter { !$0.isEmpty })
    }

    private static func gap(of pace: InstancePace) -> Int64? {
        switch pace {
        case .afterRinging: nil
        case .open: 0
        case .every(let pace): Int64(clamping: pace.gap.attoseconds / 1_000_000_000)
        }
    }

    private static func pace(ofGap nanoseconds: Int64?) -> InstancePace {
        switch nanoseconds {
        case nil: .afterRinging
        case 0?: .open
        case let gap?: .every(Pace(calls: 1, per: .nanoseconds(gap)))
        }
    }

    /// The clock offset that a run has recorded since the machine's last boot; nil when none has been.
    static func believedOffset(_ db: Database, boot: String) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT believed_offset FROM store WHERE boot = :boot", arguments: ["boot": boot])
    }

    // MARK: Use

    /// Every quarter of an hour in which an instance was used. By primary key: at most 96 rows per day of use.
    ///
    /// - Parameter since: no earlier ones; nil means all.
    static func uses(_ db: Database, of id: Int64, since: Timestamp? = nil) throws -> [QuarterHourUse] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT quarter, calls, new_recipients FROM instance_use
                WHERE instance_id = :id AND quarter >= :first ORDER BY quarter
                """,
            arguments: ["id": id, "first": since.map(QuarterHourUse.quarter(of:)) ?? .min]
        ).map {
            QuarterHourUse(
                quarter: try $0.decode(atIndex: 0), calls: try $0.decode(atIndex: 1),
                newRecipients: try $0.decode(atIndex: 2))
        }
    }

    /// Counts calls that are about to begin, and notes in each how it was counted.
    ///
    /// - Parameter instances: their row ids, by the caller's number.
    static func count(
        _ db: Database, _ calls: inout [ClaimedCall], at moment: Timestamp, through instances: [Int: Int64]
    ) throws {
        guard !calls.isEmpty else { return }
        // A number that only this campaign has and that was never tried is new to every instance: no lookup needed.
        let isAlone = try HotStatement(db, "SELECT 1 FROM campaign LIMIT 1 OFFSET 1").firstNumber() == nil
        var uses: [Int: (calls: Int64, new: Int64)] = [:]
        for index in calls.indices {
            let call = calls[index]
            let isNew =
                try isAlone && call.attempt.number == 1 || isNewRecipient(db, call, instances[call.instance])
            calls[index].count = LimitCount(at: moment, isNewRecipient: isNew)
            let use = uses[call.instance] ?? (0, 0)
            uses[call.instance] = (use.calls + 1, use.new + (isNew ? 1 : 0))
        }
        let statement = try HotStatement(
            db,
            """
            INSERT INTO instance_use (instance_id, quarter, calls, new_recipients) VALUES (?, ?, ?, ?)
            ON CONFLICT (instance_id, quarter)
                DO UPDATE SET calls = calls + excluded.calls, new_recipients = new_recipients + excluded.new_recipients
            """)
        for (instance, use) in uses {
            statement.bind(instances[instance], at: 1)
            statement.bind(QuarterHourUse.quarter(of: moment), at: 2)
            statement.bind(use.calls, at: 3)
            statement.bind(use.new, at: 4)
            try statement.run()
        }
    }

    /// Whether an instance has never called this number before, in any campaign, however it was written.
    private static func isNewRecipient(_ db: Database, _ call: ClaimedCall, _ instance: Int64?) throws -> Bool {
        // The campaigns that have ever used the instance, by primary key: not all, of which there may be hundreds, each
        // with its own pages of the index. Then, for each, contact_identity by primary key, and attempt by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM contact_row AS own
            CROSS JOIN instance_limit AS used ON used.instance_id = ?2
            CROSS JOIN contact_identity AS known
                ON known.campaign_id = used.campaign_id AND known.identity = own.identity
            CROSS JOIN attempt ON attempt.contact_id = known.contact_id
            WHERE own.id = ?1 AND attempt.instance_id = ?2 AND \(ContactPhones.dialedKnown)
                AND (attempt.outcome IS NULL OR attempt.outcome NOT IN ('not_sent', 'throttled', 'misconfigured'))
            LIMIT 1
            """)
        statement.bind(call.attempt.contact, at: 1)
        statement.bind(instance, at: 2)
        return try statement.firstNumber() == nil
    }

    /// Reverses the count of a call that reached nobody.
    static func takeBack(_ db: Database, _ count: LimitCount, of attempt: AttemptID) throws {
        // By primary keys.
        try db.execute(
            sql: """
                UPDATE instance_use
                SET calls = max(calls - 1, 0), new_recipients = min(max(new_recipients - :new, 0), max(calls - 1, 0))
                WHERE quarter = :quarter AND instance_id = (
                    SELECT instance_id FROM attempt WHERE contact_id = :contact AND number = :number)
                """,
            arguments: [
                "new": count.isNewRecipient ? 1 : 0, "quarter": QuarterHourUse.quarter(of: count.at),
                "contact": attempt.contact, "number": attempt.number,
            ])
    }
}
