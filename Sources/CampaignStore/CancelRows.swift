import CampaignCore
import GRDB

/// What the row of a campaign says of its being cancelled. Each of these goes by rowid.
enum CancelRows {
    /// Whether everybody who waits is being excluded, or was to be when a process was killed: nobody may be claimed.
    static func isUnderWay(_ campaign: Int64, _ db: Database) throws -> Bool {
        let statement = try HotStatement(db, "SELECT is_cancelling FROM campaign_row WHERE id = ?")
        statement.bind(campaign, at: 1)
        return try statement.firstNumber() == 1
    }

    /// How often the campaign was cancelled.
    static func count(_ campaign: Int64, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT cancels FROM campaign_row WHERE id = :id", arguments: ["id": campaign]) ?? 0
    }

    /// Writes down that the campaign is cancelled, from when on nobody of it is claimed. One that is under way goes on.
    ///
    /// - Parameter addsUp: whether contacts are counted with those that were excluded the last time.
    static func begin(_ campaign: Int64, addsUp: Bool, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE campaign_row SET cancels = cancels + 1, is_cancelling = 1, cancelled = iif(:addsUp, cancelled, 0)
                WHERE id = :campaign AND is_cancelling = 0
                """,
            arguments: ["addsUp": addsUp, "campaign": campaign])
    }

    /// Excludes some of those who wait, while the campaign is being cancelled, and ends that with the last of them.
    ///
    /// - Parameters:
    ///   - most: how many at most.
    ///   - stays: whether the campaign goes on being cancelled after that: calls are under way that may come back.
    /// - Returns: whether nobody waits any more, and how many have been excluded in all.
    static func goOn(
        _ campaign: Int64, most: Int, stays: Bool, _ db: Database
    ) throws -> (isOver: Bool, excluded: Int) {
        var isOver = true
        if try isUnderWay(campaign, db) {
            let excluded = try CampaignRows.exclude(.cancelled, most: most, campaign: campaign, db)
            isOver = excluded < most
            try db.execute(
                sql: """
                    UPDATE campaign_row SET cancelled = cancelled + :excluded, is_cancelling = :isUnderWay
                    WHERE id = :campaign
                    """,
                arguments: ["excluded": excluded, "isUnderWay": !isOver || stays, "campaign": campaign])
        }
        let all = try Int.fetchOne(
            db, sql: "SELECT cancelled FROM campaign_row WHERE id = :campaign", arguments: ["campaign": campaign])
        return (isOver, all ?? 0)
    }
}
