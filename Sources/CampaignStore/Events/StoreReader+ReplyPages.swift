package import CampaignCore
import GRDB

extension StoreReader {
    /// The latest replies of a choice, the latest first.
    ///
    /// - Parameters:
    ///   - reply: only those before this one; nil means from the latest on.
    ///   - limit: how many are wanted.
    package func replyPage(
        _ choice: ReplyChoice, before reply: Int64?, limit: Int
    ) throws(StoreError) -> LatestRows<ReplyEntry> {
        try read { db in
            let span = try Self.span(db, of: "reply", before: reply)
            let replies = try Row.fetchAll(
                db,
                sql: """
                    \(Self.listing(choice, Self.replyColumns)) AND reply.id BETWEEN :first AND :last
                    ORDER BY reply.id DESC LIMIT :limit
                    """,
                arguments: Self.replyArguments(db, choice)
                    + ["first": span.lowerBound, "last": span.upperBound, "limit": limit]
            ).map(Self.replyEntry)
            return Self.page(replies, of: span, limit) { $0.id }
        }
    }
}
